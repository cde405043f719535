//! The law that everything rests on: parts of any partition of the records, merged in any order, are the parts of the
//! pooled records, byte for byte.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Decimal128Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::DataType;
use datafusion::datasource::MemTable;
use datafusion::prelude::SessionContext;
use mizan_measure::part_value::PartValue;
use mizan_measure::session::session;
use mizan_model::expression::parts::PartKind;
use proptest::prelude::*;

use crate::support::limits;

const PARTS: &str = "count(*) FILTER (WHERE hit) AS p0, part_sum(amount) AS p1, part_min(k) AS p2, part_max(k) AS p3, \
    part_moments(amount) AS p4, part_minutes(k) FILTER (WHERE k >= 0) AS p5, part_log(amount) AS p6, \
    part_distinct(name) AS p7, part_survival(k) AS p8";

const KINDS: [PartKind; 9] = [
    PartKind::Count,
    PartKind::Sum,
    PartKind::Min,
    PartKind::Max,
    PartKind::Moments,
    PartKind::HistMinutes,
    PartKind::HistLog,
    PartKind::Distinct,
    PartKind::Survival,
];

/// One record: its partition, a clock class, an amount, a name, a flag.
type Row = (u8, Option<i64>, Option<i64>, Option<u16>, Option<bool>);

fn batch(rows: &[Row]) -> RecordBatch {
    let partitions: StringArray = rows.iter().map(|row| Some(format!("m{}", row.0))).collect();
    let clocks: Int64Array = rows.iter().map(|row| row.1).collect();
    let amounts: Decimal128Array = rows.iter().map(|row| row.2.map(i128::from)).collect();
    let amounts = amounts.with_precision_and_scale(18, 2).unwrap();
    let names: StringArray = rows.iter().map(|row| row.3.map(|name| format!("firm {name}"))).collect();
    let hits: BooleanArray = rows.iter().map(|row| row.4).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("part", Arc::new(partitions)),
        ("k", Arc::new(clocks)),
        ("amount", Arc::new(amounts)),
        ("name", Arc::new(names)),
        ("hit", Arc::new(hits)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

/// Runs a query over the rows, cut into batches of a length.
fn query(context: &SessionContext, rows: &[Row], batch_rows: usize, sql: &str) -> RecordBatch {
    let batches: Vec<RecordBatch> = rows.chunks(batch_rows).map(batch).collect();
    let schema = batch(&[]).schema();
    let table = MemTable::try_new(Arc::clone(&schema), vec![batches]).unwrap();
    context.deregister_table("r").unwrap();
    context.register_table("r", Arc::new(table)).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let frame = context.sql(sql).await.unwrap();
        let schema = Arc::new(arrow::datatypes::Schema::new(
            frame.schema().fields().iter().map(|f| f.as_ref().clone()).collect::<Vec<_>>(),
        ));
        let batches = frame.collect().await.unwrap();
        arrow::compute::concat_batches(&schema, &batches).unwrap()
    })
}

/// The parts of each row of an answer.
fn parts(answer: &RecordBatch, row: usize) -> Vec<PartValue> {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::{Decimal128Type, Int64Type};
    KINDS
        .into_iter()
        .enumerate()
        .map(|(index, kind)| {
            let column = answer.column_by_name(&format!("p{index}")).unwrap();
            let mut value = PartValue::empty(kind);
            if column.is_null(row) {
                return value;
            }
            match column.data_type() {
                DataType::Int64 => {
                    let count = column.as_primitive::<Int64Type>().value(row);
                    value.merge(&PartValue::Count(count as u64)).unwrap();
                }
                DataType::Decimal128(_, _) => {
                    let units = column.as_primitive::<Decimal128Type>().value(row);
                    let other = match kind {
                        PartKind::Sum => PartValue::Sum { units },
                        _ => PartValue::Extreme { units: Some(units), largest: kind == PartKind::Max },
                    };
                    value.merge(&other).unwrap();
                }
                _ => value.merge_bytes(column.as_binary::<i32>().value(row)).unwrap(),
            }
            value
        })
        .collect()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let clock = prop_oneof![
        4 => (0_i64..20_000 * 60_000_000).prop_map(Some),
        1 => (0_i64..9_000 * 60_000_000).prop_map(|d| Some(-1 - d)),
        1 => Just(Some(i64::MIN)),
        1 => Just(None),
    ];
    let row = (
        0_u8..5,
        clock,
        proptest::option::weighted(0.9, -1_000_000_i64..100_000_000_000),
        proptest::option::weighted(0.9, 0_u16..3_000),
        proptest::option::of(any::<bool>()),
    );
    proptest::collection::vec(row, 0..3_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn merged_parts_are_the_parts_of_the_pooled_records(rows in rows(), batch_rows in 1_usize..700, turn in 0_usize..5) {
        let context = session(&limits(2)).unwrap();
        let pooled = query(&context, &rows, 4096, &format!("SELECT {PARTS} FROM r"));
        let pooled = parts(&pooled, 0);
        let split = query(&context, &rows, batch_rows, &format!("SELECT part, {PARTS} FROM r GROUP BY part"));
        let mut merged: Vec<PartValue> = KINDS.into_iter().map(PartValue::empty).collect();
        // The order of merging must not matter: begin anywhere, go round.
        for step in 0..split.num_rows() {
            let row = (step + turn) % split.num_rows();
            for (sum, part) in merged.iter_mut().zip(parts(&split, row)) {
                sum.merge(&part).unwrap();
            }
        }
        prop_assert_eq!(merged, pooled);
    }
}
