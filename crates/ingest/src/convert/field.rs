//! One contract field: from where its text comes, how codes are translated, and which type it becomes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, StringArray, StringBuilder, new_null_array};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::DataType;
use mizan_model::mapping::OtherCode;

use super::typed::Target;
use super::{Fault, repeat};
use crate::engine::RowExpression;
use crate::error::IngestError;
use crate::reader::TextBatch;
use crate::reader::parquet::as_text;
use crate::reason;

/// Where the text of a field comes from.
pub(crate) enum Origin {
    /// Not mapped: NULL.
    None,
    /// A column of the source.
    Column(usize),
    /// An expression over the source's columns.
    Expression(RowExpression),
    /// The same text for every row.
    Constant(String),
}

/// Translation of codes.
pub(crate) struct Translation {
    exact: HashMap<String, String>,
    /// Lower-case keys, where that is unambiguous.
    folded: HashMap<String, String>,
    other: OtherCode,
}

impl Translation {
    pub(crate) fn new<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>, other: OtherCode) -> Self {
        let exact: HashMap<String, String> = pairs.map(|(from, to)| (from.trim().to_owned(), to.clone())).collect();
        let mut folded: HashMap<String, Option<String>> = HashMap::new();
        for (from, to) in &exact {
            folded
                .entry(from.to_lowercase())
                .and_modify(|known| {
                    if known.as_ref() != Some(to) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(to.clone()));
        }
        let folded = folded.into_iter().filter_map(|(k, v)| Some((k, v?))).collect();
        Translation { exact, folded, other }
    }

    fn of(&self, code: &str) -> Option<&str> {
        match self.exact.get(code) {
            Some(to) => Some(to),
            None => self.folded.get(&code.to_lowercase()).map(String::as_str),
        }
    }
}

/// Everything that is known about a field before the first row.
pub(crate) struct FieldPlan {
    /// Contract field.
    pub name: Arc<str>,
    /// Column to blame: the source's, or the field itself.
    pub blame: Arc<str>,
    pub origin: Origin,
    pub translation: Option<Translation>,
    /// Texts that mean missing, besides the empty text.
    pub missing: Arc<[String]>,
    pub required: bool,
    pub storage: DataType,
    pub target: Target,
    /// The converted constant, once known.
    pub constant: Option<(ArrayRef, Option<ArrayRef>)>,
}

/// Text of a field for a batch, and where it is canonical.
pub(crate) struct Texts<'a> {
    pub values: Cow<'a, StringArray>,
    pub canonical: Option<&'a BooleanBuffer>,
}

impl Texts<'_> {
    #[inline]
    pub(crate) fn is_canonical(&self, row: usize) -> bool {
        self.canonical.is_some_and(|bits| bits.value(row))
    }
}

/// The values and, for time stamps, their precision.
pub(crate) type Converted = (ArrayRef, Option<ArrayRef>);

impl FieldPlan {
    /// Converts the field for all rows of a batch.
    pub(crate) fn convert(
        &mut self,
        batch: &TextBatch,
        source: Option<&RecordBatch>,
        faults: &mut Vec<Fault>,
        warnings: &mut BTreeMap<String, u64>,
    ) -> Result<Converted, IngestError> {
        let rows = batch.rows();
        let all: BooleanBuffer;
        let texts = match &self.origin {
            Origin::None => {
                let precision = self.target.has_precision().then(|| new_null_array(&DataType::Int8, rows));
                return Ok((new_null_array(&self.storage, rows), precision));
            }
            Origin::Constant(text) => {
                if self.constant.is_none() {
                    let single = StringArray::from(vec![text.as_str()]);
                    let texts = Texts { values: Cow::Owned(single), canonical: None };
                    self.constant = Some(self.typed(texts, batch, faults, warnings)?);
                }
                let (values, precision) = self.constant.as_ref().expect("set just above");
                let precision = precision.as_ref().map(|p| repeat(p, rows)).transpose()?;
                return Ok((repeat(values, rows)?, precision));
            }
            Origin::Column(position) => Texts {
                values: Cow::Borrowed(&batch.columns[*position]),
                canonical: batch.canonical[*position].as_ref(),
            },
            Origin::Expression(expression) => {
                let source = source.expect("a plan with expressions is given the source's columns");
                let (result, failed) = expression.evaluate(source, &DataType::Utf8)?;
                for (row, message) in failed {
                    faults.push(Fault {
                        row,
                        column: Some(self.blame.clone()),
                        value: expression.inputs_as_text(source, row),
                        code: reason::EXPRESSION,
                        message: format!("the expression of `{}` failed: {message}", self.name),
                    });
                }
                let (values, typed) = as_text(&result)?;
                all = BooleanBuffer::new_set(rows);
                Texts { values: Cow::Owned(values), canonical: typed.then_some(&all) }
            }
        };
        let texts = match &self.translation {
            None => texts,
            Some(translation) => {
                let values = self.translate(translation, &texts, faults, warnings);
                Texts { values: Cow::Owned(values), canonical: None }
            }
        };
        self.typed(texts, batch, faults, warnings)
    }

    fn typed(
        &mut self,
        texts: Texts<'_>,
        batch: &TextBatch,
        faults: &mut Vec<Fault>,
        warnings: &mut BTreeMap<String, u64>,
    ) -> Result<Converted, IngestError> {
        let known = faults.len();
        let converted = self.target.convert(&texts, &self.missing, &self.blame, batch, faults, warnings)?;
        if self.required && converted.0.null_count() > 0 {
            // A value that could not be read has its own reason already.
            let told: std::collections::HashSet<usize> = faults[known..]
                .iter()
                .map(|f| f.row)
                .chain(faults[..known].iter().filter(|f| f.column.as_ref() == Some(&self.blame)).map(|f| f.row))
                .collect();
            for row in 0..converted.0.len() {
                if converted.0.is_null(row) && !told.contains(&row) {
                    faults.push(Fault {
                        row,
                        column: Some(self.blame.clone()),
                        value: texts.values.value(row).to_owned(),
                        code: reason::REQUIRED,
                        message: format!("`{}` is required and empty", self.name),
                    });
                }
            }
        }
        Ok(converted)
    }

    fn translate(
        &self,
        translation: &Translation,
        texts: &Texts<'_>,
        faults: &mut Vec<Fault>,
        warnings: &mut BTreeMap<String, u64>,
    ) -> StringArray {
        let values = &texts.values;
        let mut out = StringBuilder::with_capacity(values.len(), values.len() * 4);
        let mut last: Option<(&str, &str)> = None;
        for row in 0..values.len() {
            let code = values.value(row).trim();
            if let Some((from, to)) = last
                && from == code
            {
                out.append_value(to);
                continue;
            }
            if let Some(to) = translation.of(code) {
                last = Some((code, to));
                out.append_value(to);
                continue;
            }
            let missing = code.is_empty() || self.missing.iter().any(|m| m == code);
            match translation.other {
                _ if missing => out.append_value(""),
                OtherCode::Keep => {
                    *warnings.entry(reason::KEPT_CODE.to_owned()).or_default() += 1;
                    out.append_value(code);
                }
                OtherCode::Empty => {
                    *warnings.entry(reason::EMPTIED_CODE.to_owned()).or_default() += 1;
                    out.append_value("");
                }
                OtherCode::Error => {
                    faults.push(Fault {
                        row,
                        column: Some(self.blame.clone()),
                        value: code.to_owned(),
                        code: reason::NOT_TRANSLATED,
                        message: format!("the mapping translates no code `{code}` for `{}`", self.name),
                    });
                    out.append_value("");
                }
            }
        }
        out.finish()
    }
}
