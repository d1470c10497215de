CREATE TABLE exercises (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    instructions TEXT NOT NULL,
    starter_code TEXT NOT NULL,
    solution_code TEXT NOT NULL,
    test_code TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    topics TEXT NOT NULL, -- JSON list of strings
    minutes INTEGER NOT NULL,
    hide_tests INTEGER NOT NULL,
    integrity TEXT NOT NULL,
    origin TEXT NOT NULL -- 'start' or 'loaded': who may replace it
) STRICT;

CREATE TABLE hints (
    exercise_id TEXT NOT NULL REFERENCES exercises (id) ON DELETE CASCADE,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (exercise_id, level)
) STRICT;

CREATE TABLE learners (
    id TEXT NOT NULL PRIMARY KEY, -- digest of the cookie
    created_at INTEGER NOT NULL -- milliseconds since 1970
) STRICT;

-- Without a reference to exercises: what a learner did stays when an exercise is withdrawn.
CREATE TABLE submissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    exercise_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    passed INTEGER, -- 0 or 1; null when no tests ran
    execution_ms INTEGER NOT NULL,
    test_cases TEXT -- JSON list of {name, status}; null when no tests ran
) STRICT;

CREATE INDEX submissions_of_a_learner ON submissions (learner_id, exercise_id);

CREATE TABLE progress (
    learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    exercise_id TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    completed_at INTEGER,
    best_time_ms INTEGER,
    best_solution TEXT,
    hints_seen INTEGER NOT NULL,
    solution_seen INTEGER NOT NULL,
    last_code TEXT,
    PRIMARY KEY (learner_id, exercise_id)
) STRICT;
