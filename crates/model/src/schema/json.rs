//! JSON Schemas for editors, from the table.

use serde_json::{Map, Value, json};

use super::FileKind;
use super::shape::{Block, Shape};

/// JSON Schema (draft 2020-12) of one kind of file. The same table gives the same bytes.
pub fn json_schema(kind: FileKind) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(format!("Mizan {kind} file")));
    if let Value::Object(body) = block(kind.block()) {
        schema.extend(body);
    }
    Value::Object(schema)
}

fn block(block: &Block) -> Value {
    let properties: Map<String, Value> = block
        .fields
        .iter()
        .map(|field| {
            let mut value = shape(&field.shape);
            if let Value::Object(map) = &mut value {
                map.insert("description".into(), json!(field.doc));
            }
            (field.name.to_owned(), value)
        })
        .collect();
    let required: Vec<&str> = block.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    let others = block.others.as_ref().map_or(json!(false), shape);
    json!({
        "type": "object",
        "description": block.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": others,
    })
}

fn shape(shape_: &Shape) -> Value {
    match shape_ {
        Shape::Text => json!({ "type": "string" }),
        Shape::Expression(what) => json!({ "type": "string", "minLength": 1, "$comment": format!("SQL: {what}") }),
        Shape::Form(form) => json!({ "type": "string", "pattern": form.pattern(), "examples": [form.example()] }),
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Integer(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Shape::Number(low, high) if *low == f64::MIN && *high == f64::MAX => json!({ "type": "number" }),
        Shape::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Range => json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }),
        Shape::List(element) => json!({ "type": "array", "items": shape(element) }),
        Shape::Block(inner) => block(inner),
        Shape::Blocks(inner) => json!({ "type": "array", "items": block(inner) }),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": shape(inner) }),
        Shape::Either(a, b) => json!({ "anyOf": [shape(a), shape(b)] }),
        Shape::Any => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_name_every_top_level_key() {
        for kind in FileKind::ALL {
            let schema = json_schema(*kind);
            for field in kind.block().fields {
                assert!(schema["properties"][field.name].is_object(), "{kind} {}", field.name);
            }
        }
    }

    #[test]
    fn words_become_enumerations() {
        let schema = json_schema(FileKind::Kpi);
        assert_eq!(schema["properties"]["direction"]["enum"], json!(["higher", "lower", "target", "context"]));
        assert_eq!(schema["additionalProperties"], json!(false));
    }
}
