//! How records lie in Parquet: encodings by kind of field, and codes as dictionaries.
//!
//! A file says how it wants to be read: fields of a contract that hold codes come back as dictionaries, so that a
//! condition on a code looks at each code once instead of at each row. This crate itself reads plain text
//! ([`plain_reader`]).

use std::fs::File;

use arrow::datatypes::{DataType, Field, Schema};
use mizan_model::contract::{Contract, FieldType};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, encode_arrow_schema};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

/// Rows of one row group at most, so that measuring needs little memory.
pub(crate) const ROW_GROUP: usize = 131_072;

/// Bytes up to which the values of a text column are kept as a dictionary. The identifiers of the declarations of a row
/// group of items still fit; those of a row group of declarations, each there once, do not.
const DICTIONARY_BYTES: usize = 4 << 20;

/// Ending of the column that tells how finely a stamp is written: 0 day, 1 minute, 2 second.
pub const PRECISION_SUFFIX: &str = "_precision";

/// Name of the column that tells how finely a stamp is written.
pub fn precision_column(stamp: &str) -> String {
    format!("{stamp}{PRECISION_SUFFIX}")
}

/// Type of a field of codes as measuring reads it.
pub fn code_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// How a file of rows is written. Same settings everywhere: same rows, same bytes.
pub fn options(schema: &Schema, contract: Option<&Contract>) -> ArrowWriterOptions {
    let hint = Schema::new(schema.fields().iter().map(|field| reading_field(field, contract)).collect::<Vec<_>>());
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).expect("1 is a level of zstd")))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_key_value_metadata(Some(vec![KeyValue::new(
            ARROW_SCHEMA_META_KEY.to_owned(),
            Some(encode_arrow_schema(&hint)),
        )]))
        .set_created_by("mizan".to_owned());
    for field in schema.fields() {
        let path = || ColumnPath::from(field.name().as_str());
        match field.data_type() {
            // Nearly every stamp and amount is different; a dictionary of them costs time and saves nothing. Stamps
            // repeat their upper bytes, which zstd finds; amounts do not, and take their bits alone.
            DataType::Timestamp(_, _) => properties = properties.set_column_dictionary_enabled(path(), false),
            DataType::Decimal128(digits, _) if *digits <= 18 => {
                properties = properties
                    .set_column_dictionary_enabled(path(), false)
                    .set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED);
            }
            _ => {}
        }
    }
    ArrowWriterOptions::new().with_properties(properties.build()).with_skip_arrow_metadata(true)
}

fn reading_field(field: &Field, contract: Option<&Contract>) -> Field {
    let described = contract.and_then(|contract| contract.field(field.name()));
    match described.map(|field| &field.field_type) {
        Some(FieldType::Code { .. }) => field.clone().with_data_type(code_type()),
        _ => field.clone(),
    }
}

/// A reader that gives codes as plain text.
pub(crate) fn plain_reader(file: File) -> Result<ParquetRecordBatchReaderBuilder<File>> {
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
    let plain = |field: &Field| match field.data_type() {
        DataType::Dictionary(_, values) => field.clone().with_data_type(values.as_ref().clone()),
        _ => field.clone(),
    };
    let schema = Schema::new(metadata.schema().fields().iter().map(|field| plain(field)).collect::<Vec<_>>());
    let options = ArrowReaderOptions::new().with_schema(schema.into());
    let metadata = ArrowReaderMetadata::try_new(metadata.metadata().clone(), options)?;
    Ok(ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Array, AsArray, Decimal128Array, RecordBatch, StringArray};
    use arrow::datatypes::Decimal128Type;
    use mizan_model::contract::Field as Described;
    use parquet::arrow::ArrowWriter;

    use super::*;

    #[test]
    fn codes_are_dictionaries_for_who_does_not_ask_for_text() {
        let fields = vec![
            Described::new("id", FieldType::Text),
            Described::new("mode", FieldType::Code { list: None }),
            Described::new("value", FieldType::Decimal { scale: 2 }),
        ];
        let contract = Contract::new("test", fields);
        let schema = crate::storage_schema(&contract);
        let texts = |texts: [Option<&str>; 3]| Arc::new(StringArray::from(texts.to_vec()));
        let values = Decimal128Array::from(vec![Some(-5), None, Some(10_i128.pow(17))]);
        let values = values.with_precision_and_scale(18, 2).unwrap();
        let columns: Vec<arrow::array::ArrayRef> = vec![
            texts([Some("a"), Some("b"), Some("c")]),
            texts([Some("1"), None, Some("1")]),
            Arc::new(values.clone()),
        ];
        let batch = RecordBatch::try_new(schema.clone(), columns).unwrap();
        let file = tempfile::tempfile().unwrap();
        let options = options(&schema, Some(&contract));
        let mut writer = ArrowWriter::try_new_with_options(file.try_clone().unwrap(), schema, options).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();

        let plain = plain_reader(file.try_clone().unwrap()).unwrap().build().unwrap().next().unwrap().unwrap();
        assert_eq!(plain.columns(), batch.columns());
        let hinted = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().next().unwrap().unwrap();
        assert_eq!(hinted.column(0).data_type(), &DataType::Utf8);
        assert_eq!(hinted.column(1).data_type(), &code_type());
        assert_eq!(hinted.column(1).null_count(), 1);
        assert_eq!(hinted.column(2).as_primitive::<Decimal128Type>(), &values);
    }
}
