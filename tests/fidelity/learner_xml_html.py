import html.parser
import xml.etree.ElementTree as tree

root = tree.fromstring("<lib><book id='1'><t>A &amp; B</t></book><book id='2'/></lib>")
print([book.get("id") for book in root.iter("book")], root.find("book/t").text, tree.tostring(root))


class Links(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        print(tag, attributes)


Links().feed("<a href='x'>y</a><br/>")
tree.fromstring("<a><b></a>")
