"""
>>> starter.LIMIT
7
>>> starter.NAMES
('ada', 'grace')
>>> starter.square(12)
144
"""

import starter
