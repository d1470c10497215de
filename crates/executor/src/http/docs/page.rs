//! The OpenAPI document as HTML. Everything that comes from the document is escaped.

use std::fmt::Write;

use serde_json::{Map, Value};

/// The whole page.
pub(super) fn render(document: &Value) -> String {
    let info = &document["info"];
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"stylesheet\" href=\"/docs/style.css\">\n",
    );
    let title = prose(&info["title"]);
    let _ = write!(page, "<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n");
    let _ = writeln!(page, "<p class=\"soft\">Version {}</p>", prose(&info["version"]));
    let _ = writeln!(page, "<p>{}</p>", prose(&info["description"]));
    let _ = writeln!(page, "<p>For programs: <a href=\"/openapi.json\">openapi.json</a></p>");
    let operations: Vec<Operation<'_>> = operations(document);
    page.push_str("<nav>");
    for operation in &operations {
        let _ = write!(page, "<a href=\"#{}\">{}</a>", operation.anchor(), escape(operation.path));
    }
    page.push_str("</nav>\n");
    for tag in entries(&document["tags"]) {
        let _ =
            writeln!(page, "<h2>{}</h2>\n<p class=\"soft\">{}</p>", prose(&tag["name"]), prose(&tag["description"]));
        for operation in operations.iter().filter(|operation| operation.content["tags"][0] == tag["name"]) {
            operation.render(&mut page);
        }
    }
    page.push_str("<h2>Types</h2>\n");
    for (name, schema) in fields(&document["components"]["schemas"]) {
        type_section(&mut page, name, schema);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    content: &'a Value,
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut all = Vec::new();
    for (path, methods) in fields(&document["paths"]) {
        for (method, content) in fields(methods) {
            all.push(Operation { path, method, content });
        }
    }
    all
}

impl Operation<'_> {
    fn anchor(&self) -> String {
        format!("{}{}", self.method, self.path.replace(['/', '.'], "-"))
    }

    fn render(&self, page: &mut String) {
        let Operation { path, method, content } = self;
        let (anchor, path, upper) = (self.anchor(), escape(path), method.to_uppercase());
        let _ =
            writeln!(page, "<section id=\"{anchor}\">\n<h3><span class=\"method {method}\">{upper}</span>{path}</h3>");
        let _ = writeln!(page, "<p>{}</p>", prose(&content["summary"]));
        if content["description"].is_string() {
            let _ = writeln!(page, "<p class=\"soft\">{}</p>", prose(&content["description"]));
        }
        let body = &content["requestBody"]["content"]["application/json"]["schema"];
        if !body.is_null() {
            let _ = writeln!(page, "<h4>Request</h4>\n<p>{}</p>", kind(body));
        }
        page.push_str("<h4>Answers</h4>\n<div class=\"scroll\"><table>\n");
        for (status, response) in fields(&content["responses"]) {
            let schema = fields(&response["content"]).next().map(|(_, media)| kind(&media["schema"]));
            let (said, schema) = (prose(&response["description"]), schema.unwrap_or_default());
            let _ = writeln!(page, "<tr><td><code>{}</code></td><td>{said}</td><td>{schema}</td></tr>", escape(status));
        }
        page.push_str("</table></div>\n</section>\n");
    }
}

fn type_section(page: &mut String, name: &str, schema: &Value) {
    let name = escape(name);
    let _ = writeln!(page, "<section id=\"{name}\">\n<h3>{name}</h3>\n<p>{}</p>", prose(&schema["description"]));
    let values: Vec<&Value> = entries(&schema["enum"]).chain(entries(&schema["oneOf"])).collect();
    if !values.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", choices(schema));
    }
    let needed: Vec<&Value> = entries(&schema["required"]).collect();
    if schema["properties"].is_object() {
        page.push_str("<div class=\"scroll\"><table>\n");
        for (field, property) in fields(&schema["properties"]) {
            let mark =
                if needed.iter().any(|name| *name == field) { " <span class=\"needed\">always</span>" } else { "" };
            let (kind, said) = (kind(property), prose(&property["description"]));
            let _ =
                writeln!(page, "<tr><td><code>{}</code>{mark}</td><td>{kind}</td><td>{said}</td></tr>", escape(field));
        }
        page.push_str("</table></div>\n");
    }
    page.push_str("</section>\n");
}

/// The values of an enumeration, each with what it means where that is known.
fn choices(schema: &Value) -> String {
    let plain = entries(&schema["enum"]).map(|value| format!("<code>{}</code>", prose(value)));
    let told = entries(&schema["oneOf"]).map(|choice| {
        let value = entries(&choice["enum"]).next().map(prose).unwrap_or_default();
        format!("<code>{value}</code> {}", prose(&choice["description"]))
    });
    plain.chain(told).collect::<Vec<_>>().join("<br>")
}

/// A schema in a word or two, with a link where it is one of ours.
fn kind(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        let name = escape(target.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    let choices: Vec<String> = entries(&schema["oneOf"]).map(kind).collect();
    if !choices.is_empty() {
        return choices.join(" or ");
    }
    let mut names: Vec<String> = match &schema["type"] {
        Value::Array(names) => names.iter().map(prose).collect(),
        name => vec![prose(name)],
    };
    if let Some(position) = names.iter().position(|name| name == "array") {
        names[position] = format!("list of {}", kind(&schema["items"]));
    }
    names.join(" or ")
}

fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

fn entries(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Text with `code` in it.
fn prose(value: &Value) -> String {
    let text = escape(value.as_str().unwrap_or_default());
    let mut parts = text.split('`');
    let mut html = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        html.push_str(if index % 2 == 0 { "<code>" } else { "</code>" });
        html.push_str(part);
    }
    html
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_of_the_document_becomes_markup() {
        let document = json!({ "info": { "title": "<script>", "version": "\"1\"", "description": "a `b<c` d" } });
        let page = render(&document);
        assert!(!page.contains("<script") && page.contains("a <code>b&lt;c</code> d"), "{page}");
    }

    #[test]
    fn every_link_leads_somewhere() {
        let page = render(&json!(crate::http::openapi::document()));
        for link in page.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        assert!(page.contains("/execute") && page.contains("testCode") && page.contains("memory_limit"));
        assert!(!page.contains("style=") && !page.contains("<script"));
    }
}
