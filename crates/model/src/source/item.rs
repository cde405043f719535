//! Values of a TOML file with their places.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A value and its byte range in the file.
#[derive(Debug, Clone)]
pub struct Item {
    /// Byte range; of a table: its header or braces.
    pub span: Range<usize>,
    /// The value.
    pub kind: ItemKind,
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// Text.
    Text(String),
    /// Whole number; `None` when it does not fit 64 bits.
    Integer(Option<i64>),
    /// Number with a point; `None` when it does not fit.
    Float(Option<f64>),
    /// `true` or `false`.
    Bool(bool),
    /// Date or time, as written.
    Datetime(String),
    /// Array, also an array of tables.
    List(Vec<Item>),
    /// Table; entries in file order.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Byte range of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub item: Item,
}

impl Item {
    pub(super) fn from_table(table: &DeTable<'_>, span: Range<usize>) -> Self {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: key.span(),
                item: Item::from_value(value.get_ref(), value.span()),
            })
            .collect();
        entries.sort_by_key(|e| e.key_span.start);
        Item { span, kind: ItemKind::Table(entries) }
    }

    fn from_value(value: &DeValue<'_>, span: Range<usize>) -> Self {
        let kind = match value {
            DeValue::String(text) => ItemKind::Text(text.to_string()),
            DeValue::Integer(number) => ItemKind::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()),
            DeValue::Float(number) => ItemKind::Float(number.as_str().parse().ok().filter(|n: &f64| n.is_finite())),
            DeValue::Boolean(value) => ItemKind::Bool(*value),
            DeValue::Datetime(value) => ItemKind::Datetime(value.to_string()),
            DeValue::Array(items) => {
                ItemKind::List(items.iter().map(|i| Item::from_value(i.get_ref(), i.span())).collect())
            }
            DeValue::Table(table) => return Item::from_table(table, span),
        };
        Item { span, kind }
    }

    /// The value under a key of a table.
    pub fn get(&self, key: &str) -> Option<&Item> {
        self.entry(key).map(|e| &e.item)
    }

    /// Key and value of a table.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|e| e.key == key)
    }

    /// Entries of a table in file order; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            ItemKind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Elements of a list; none of anything else.
    pub fn list(&self) -> &[Item] {
        match &self.kind {
            ItemKind::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            ItemKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self.kind {
            ItemKind::Integer(value) => value.map(|v| v as f64),
            ItemKind::Float(value) => value,
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self.kind {
            ItemKind::Integer(value) => value,
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            ItemKind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Text under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// Text under a key, owned, or empty.
    pub fn text_or_empty(&self, key: &str) -> String {
        self.text(key).unwrap_or_default().to_owned()
    }

    /// Texts of the list under a key; elements of other types are left out (the validator reports them).
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.get(key)
            .map_or_else(Vec::new, |item| item.list().iter().filter_map(|i| i.as_text().map(str::to_owned)).collect())
    }

    /// Name of the value's type, for messages.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            ItemKind::Text(_) => "a text",
            ItemKind::Integer(_) => "a whole number",
            ItemKind::Float(_) => "a number with a point",
            ItemKind::Bool(_) => "true or false",
            ItemKind::Datetime(_) => "a date or time",
            ItemKind::List(_) => "a list",
            ItemKind::Table(_) => "a table",
        }
    }

    /// The value as JSON, keys as written.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.kind {
            ItemKind::Text(text) => Value::from(text.as_str()),
            ItemKind::Integer(value) => value.map_or(Value::Null, Value::from),
            ItemKind::Float(value) => value.map_or(Value::Null, Value::from),
            ItemKind::Bool(value) => Value::from(*value),
            ItemKind::Datetime(value) => Value::from(value.as_str()),
            ItemKind::List(items) => Value::Array(items.iter().map(Item::to_json).collect()),
            ItemKind::Table(entries) => {
                Value::Object(entries.iter().map(|e| (e.key.clone(), e.item.to_json())).collect())
            }
        }
    }
}
