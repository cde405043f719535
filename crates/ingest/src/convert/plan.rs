//! From mapping, contract and header to a converter; every misfit is found here, before the first row.

use std::collections::HashSet;
use std::sync::Arc;

use datafusion::prelude::SessionContext;
use mizan_model::contract::{Contract, Field, FieldType};
use mizan_model::framework::Framework;
use mizan_model::mapping::{FieldMapping, Mapping, OtherCode};

use super::field::{FieldPlan, Origin, Translation};
use super::number::{self, Exact};
use super::pseudonym::Pseudonyms;
use super::stamp::StampReader;
use super::typed::{Currency, CurrencyOf, Number, Target};
use super::{CheckPlan, Converter, source_schema, storage_schema, storage_type};
use crate::engine::{RowExpression, first_line, planner};
use crate::error::{BAD_CONTRACT, BAD_MAPPING, COLUMN_NOT_FOUND, IngestError};
use crate::options::{IngestOptions, zone};
use crate::reader::Header;

/// What planning looks at.
pub(crate) struct Plan<'a> {
    pub framework: &'a Framework,
    pub contract: &'a Contract,
    pub mapping: &'a Mapping,
    pub options: &'a IngestOptions,
    pub header: &'a Header,
    /// Name of the source file, for errors.
    pub file: &'a str,
}

impl Plan<'_> {
    /// Builds the converter.
    pub(crate) fn converter(&self) -> Result<Converter, IngestError> {
        check_mapping(self.mapping, self.contract)?;
        let context = planner();
        let needs_source = self.mapping.fields.values().any(|f| f.expr.is_some());
        let source = needs_source.then(|| source_schema(self.header));
        let mut fields = Vec::with_capacity(self.contract.fields.len());
        for field in &self.contract.fields {
            fields.push(match self.mapping.fields.get(&field.name) {
                Some(mapped) => self.field(field, mapped, &context)?,
                None => self.unmapped(field)?,
            });
        }
        let schema = storage_schema(self.contract);
        let mut checks = Vec::with_capacity(self.contract.checks.len());
        for check in &self.contract.checks {
            let expression = RowExpression::plan(&context, &check.assert, &schema).map_err(|e| {
                IngestError::new(
                    BAD_CONTRACT,
                    format!(
                        "the check `{}` of `{}` cannot be run: {}",
                        check.id,
                        self.contract.reference(),
                        first_line(&e)
                    ),
                )
                .help("mend the contract of the framework")
                .caused_by(e)
            })?;
            checks.push(CheckPlan {
                id: check.id.clone(),
                assert: check.assert.clone(),
                severity: check.severity,
                expression,
            });
        }
        let partition =
            self.contract.partition.as_ref().and_then(|name| self.contract.fields.iter().position(|f| &f.name == name));
        Ok(Converter { schema, fields, source, checks, partition })
    }

    fn unmapped(&self, field: &Field) -> Result<FieldPlan, IngestError> {
        let mapped = FieldMapping::default();
        Ok(FieldPlan {
            name: field.name.as_str().into(),
            blame: field.name.as_str().into(),
            origin: Origin::None,
            translation: None,
            missing: Arc::new([]),
            required: false,
            storage: storage_type(&field.field_type),
            target: self.target(field, &mapped)?,
            constant: None,
        })
    }

    fn field(&self, field: &Field, mapped: &FieldMapping, context: &SessionContext) -> Result<FieldPlan, IngestError> {
        let mut blame: Arc<str> = field.name.as_str().into();
        let origin = if let Some(column) = &mapped.column {
            let position = self.column(column, field)?;
            blame = self.header.names[position].as_str().into();
            Origin::Column(position)
        } else if let Some(sql) = &mapped.expr {
            let expression = RowExpression::plan(context, sql, &source_schema(self.header)).map_err(|e| {
                bad(self.mapping, format!("the expression of `{}` cannot be run: {}", field.name, first_line(&e)))
                    .in_column(&field.name)
                    .help(format!("columns of the source: {}", self.header.sql_names().join(", ")))
                    .caused_by(e)
            })?;
            Origin::Expression(expression)
        } else if let Some(text) = &mapped.constant {
            Origin::Constant(text.clone())
        } else {
            return Err(bad(self.mapping, format!("`{}` names neither column nor expr nor constant", field.name))
                .in_column(&field.name));
        };
        Ok(FieldPlan {
            name: field.name.as_str().into(),
            blame,
            origin,
            translation: self.translation(mapped)?,
            missing: self.mapping.missing.clone().into(),
            required: field.required,
            storage: storage_type(&field.field_type),
            target: self.target(field, mapped)?,
            constant: None,
        })
    }

    fn column(&self, name: &str, field: &Field) -> Result<usize, IngestError> {
        self.header.position(name).ok_or_else(|| {
            IngestError::new(
                COLUMN_NOT_FOUND,
                format!("the source has no column `{name}`, which the mapping reads into `{}`", field.name),
            )
            .in_file(self.file)
            .help(format!("its columns are: {}", self.header.names.join(", ")))
        })
    }

    fn translation(&self, mapped: &FieldMapping) -> Result<Option<Translation>, IngestError> {
        if mapped.values.is_empty() && mapped.list.is_none() {
            return Ok(None);
        }
        let list = match &mapped.list {
            None => None,
            Some(name) => Some(self.mapping.lists.get(name).ok_or_else(|| {
                bad(self.mapping, format!("the list `{name}` was not read"))
                    .help("put the file beside the mapping, with the columns `from,to`")
            })?),
        };
        let pairs = list.into_iter().flatten().chain(&mapped.values);
        Ok(Some(Translation::new(pairs, mapped.other.unwrap_or(OtherCode::Error))))
    }

    fn target(&self, field: &Field, mapped: &FieldMapping) -> Result<Target, IngestError> {
        if field.personal {
            return Ok(Target::Personal(Pseudonyms::new(&self.options.pseudonym_key)));
        }
        Ok(match &field.field_type {
            FieldType::Text => Target::Text,
            FieldType::Code { list } => match list.as_ref().and_then(|name| self.framework.lists.get(name)) {
                Some(list) if !list.open => Target::Code {
                    list: list.name.clone(),
                    codes: list.codes.iter().map(|c| c.code.clone()).collect::<HashSet<_>>(),
                },
                _ => Target::Text,
            },
            FieldType::Bool => Target::Bool,
            FieldType::Int => Target::Int(self.number(field, mapped)?),
            FieldType::Decimal { scale } => Target::Decimal { scale: *scale, number: self.number(field, mapped)? },
            FieldType::Double => Target::Double(self.number(field, mapped)?),
            FieldType::Date => Target::Date(self.stamps(mapped)?),
            FieldType::Timestamp => Target::Timestamp(self.stamps(mapped)?),
            FieldType::Period => Target::Period,
        })
    }

    fn stamps(&self, mapped: &FieldMapping) -> Result<StampReader, IngestError> {
        let name = mapped.zone.as_ref().or(self.mapping.zone.as_ref()).unwrap_or(&self.options.zone);
        Ok(StampReader::new(zone(name)?, mapped.format.as_deref(), mapped.precision))
    }

    fn number(&self, field: &Field, mapped: &FieldMapping) -> Result<Number, IngestError> {
        let factor: Option<Exact> = match &mapped.factor {
            None => None,
            Some(text) => Some(number::parse(text, '.').ok_or_else(|| {
                bad(self.mapping, format!("the factor `{text}` of `{}` is not a number", field.name))
                    .help("write it with a decimal point, for example `0.001`")
            })?),
        };
        let rate = match &mapped.rate {
            None => None,
            Some(column) => Some(self.column(column, field)?),
        };
        let of = match &mapped.currency {
            None => CurrencyOf::Unsaid,
            Some(text) => match self.header.position(text) {
                Some(position) => CurrencyOf::Column(position),
                None => CurrencyOf::Code(text.trim().to_owned()),
            },
        };
        if let (CurrencyOf::Code(code), None) = (&of, rate)
            && !code.eq_ignore_ascii_case(&self.options.currency)
        {
            return Err(bad(
                self.mapping,
                format!(
                    "`{}` is in `{code}`, which is neither a column of the source nor the node's currency `{}`",
                    field.name, self.options.currency
                ),
            )
            .help("name the column with the exchange rate: `rate = \"EXCRATE\"`"));
        }
        let currency = (mapped.currency.is_some() || rate.is_some()).then(|| Currency {
            national: self.options.currency.clone(),
            of,
            rate,
        });
        Ok(Number { decimal: mapped.decimal.unwrap_or(self.mapping.decimal), factor, currency })
    }
}

fn bad(mapping: &Mapping, message: String) -> IngestError {
    IngestError::new(BAD_MAPPING, message).in_file(&format!("{}.toml", mapping.name))
}

/// Fields of the mapping against the contract.
pub(crate) fn check_mapping(mapping: &Mapping, contract: &Contract) -> Result<(), IngestError> {
    for name in mapping.fields.keys() {
        if contract.field(name).is_none() {
            return Err(bad(mapping, format!("`{}` has no field `{name}`", contract.reference()))
                .in_column(name)
                .help(format!(
                    "its fields are: {}",
                    contract.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ")
                )));
        }
    }
    for field in &contract.fields {
        let placed = contract.partition.as_ref() == Some(&field.name) || contract.key.contains(&field.name);
        let needed = field.required && (field.derive.is_none() || placed);
        if needed && !mapping.fields.contains_key(&field.name) {
            return Err(bad(
                mapping,
                format!("`{}` requires `{}`, which the mapping does not fill", contract.reference(), field.name),
            )
            .in_column(&field.name)
            .help("give it a column, an expr or a constant"));
        }
    }
    Ok(())
}
