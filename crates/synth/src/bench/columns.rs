//! Columns of the two contracts, in their order, and buffers for those that the benchmark fills.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Decimal128Array, Int8Array, Int64Array, StringBuilder, TimestampMicrosecondArray,
    new_null_array,
};
use arrow::datatypes::{DataType, Schema};
use arrow::record_batch::RecordBatch;

/// Storage of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Bool,
    Int,
    Decimal(i8),
    Time,
}

/// No minute.
pub(super) const NEVER: i64 = i64::MIN;

fn times(minutes: &[i64]) -> ArrayRef {
    let stamps = minutes.iter().map(|&minute| (minute != NEVER).then(|| minute * 60_000_000));
    Arc::new(TimestampMicrosecondArray::from_iter(stamps).with_timezone("UTC"))
}

/// Stamps are exact to the second wherever there is one.
fn precision(minutes: &[i64]) -> ArrayRef {
    Arc::new(Int8Array::from_iter(minutes.iter().map(|&minute| (minute != NEVER).then_some(2))))
}

fn numbers(values: Vec<i64>, data_type: &DataType) -> ArrayRef {
    match data_type {
        DataType::Decimal128(precision, scale) => {
            let array = Decimal128Array::from_iter_values(values.into_iter().map(i128::from));
            Arc::new(array.with_precision_and_scale(*precision, *scale).expect("18 digits hold what is drawn"))
        }
        _ => Arc::new(Int64Array::from(values)),
    }
}

/// Fields of `declaration/1`.
pub(super) const DECLARATION: [(&str, Kind); 50] = [
    ("decl_id", Kind::Text),
    ("trader_reference", Kind::Text),
    ("ucr", Kind::Text),
    ("accepted_at", Kind::Time),
    ("office", Kind::Text),
    ("border_office", Kind::Text),
    ("flow", Kind::Text),
    ("declaration_type", Kind::Text),
    ("procedure_national", Kind::Text),
    ("procedure", Kind::Text),
    ("manifest_ref", Kind::Text),
    ("exporter", Kind::Text),
    ("consignee", Kind::Text),
    ("declarant", Kind::Text),
    ("mode", Kind::Text),
    ("traffic", Kind::Text),
    ("container", Kind::Bool),
    ("incoterm", Kind::Text),
    ("n_items", Kind::Int),
    ("n_packages", Kind::Int),
    ("lodgement", Kind::Text),
    ("processing", Kind::Text),
    ("ecommerce", Kind::Bool),
    ("aeo", Kind::Bool),
    ("aeo_type", Kind::Text),
    ("cancelled", Kind::Bool),
    ("value", Kind::Decimal(2)),
    ("corridor", Kind::Text),
    ("transit_limit_at", Kind::Time),
    ("discharged_at", Kind::Time),
    ("standard_minutes", Kind::Int),
    ("matched_partner", Kind::Bool),
    ("partner", Kind::Text),
    ("channel", Kind::Text),
    ("inspector", Kind::Text),
    ("holding_agency", Kind::Text),
    ("arrived_at", Kind::Time),
    ("lodged_at", Kind::Time),
    ("registered_at", Kind::Time),
    ("channel_at", Kind::Time),
    ("inspection_started_at", Kind::Time),
    ("inspection_result_at", Kind::Time),
    ("assessed_at", Kind::Time),
    ("paid_at", Kind::Time),
    ("released_at", Kind::Time),
    ("gate_out_at", Kind::Time),
    ("n_reroutes", Kind::Int),
    ("n_inspections", Kind::Int),
    ("n_agencies", Kind::Int),
    ("joint_inspection", Kind::Bool),
];

/// Fields of `item/1`.
pub(super) const ITEM: [(&str, Kind); 27] = [
    ("decl_id", Kind::Text),
    ("item_no", Kind::Int),
    ("accepted_at", Kind::Time),
    ("office", Kind::Text),
    ("flow", Kind::Text),
    ("mode", Kind::Text),
    ("aeo", Kind::Bool),
    ("cancelled", Kind::Bool),
    ("hs_code", Kind::Text),
    ("hs_code_declared", Kind::Text),
    ("hs_code_assessed", Kind::Text),
    ("procedure", Kind::Text),
    ("preference", Kind::Text),
    ("origin", Kind::Text),
    ("partner", Kind::Text),
    ("description", Kind::Text),
    ("gross_mass", Kind::Decimal(3)),
    ("net_mass", Kind::Decimal(3)),
    ("supplementary_qty", Kind::Decimal(3)),
    ("value", Kind::Decimal(2)),
    ("value_declared", Kind::Decimal(2)),
    ("value_assessed", Kind::Decimal(2)),
    ("valuation_method", Kind::Text),
    ("checked", Kind::Bool),
    ("total_taxes", Kind::Decimal(2)),
    ("total_exempt", Kind::Decimal(2)),
    ("total_guaranteed", Kind::Decimal(2)),
];

/// Columns of some declarations; times in minutes of UTC, money in hundredths.
#[derive(Debug, Default)]
pub(super) struct DeclarationColumns {
    pub decl_id: StringBuilder,
    pub accepted_at: Vec<i64>,
    pub office: StringBuilder,
    pub border_office: StringBuilder,
    pub flow: StringBuilder,
    pub procedure: StringBuilder,
    pub consignee: StringBuilder,
    pub declarant: StringBuilder,
    pub mode: StringBuilder,
    pub traffic: StringBuilder,
    pub container: BooleanBuilder,
    pub n_items: Vec<i64>,
    pub lodgement: StringBuilder,
    pub processing: StringBuilder,
    pub ecommerce: BooleanBuilder,
    pub aeo: BooleanBuilder,
    pub cancelled: BooleanBuilder,
    pub value: Vec<i64>,
    pub standard_minutes: Vec<i64>,
    pub matched_partner: BooleanBuilder,
    pub partner: StringBuilder,
    pub channel: StringBuilder,
    pub inspector: StringBuilder,
    pub holding_agency: StringBuilder,
    pub arrived_at: Vec<i64>,
    pub lodged_at: Vec<i64>,
    pub registered_at: Vec<i64>,
    pub channel_at: Vec<i64>,
    pub inspection_started_at: Vec<i64>,
    pub inspection_result_at: Vec<i64>,
    pub assessed_at: Vec<i64>,
    pub paid_at: Vec<i64>,
    pub released_at: Vec<i64>,
    pub gate_out_at: Vec<i64>,
    pub n_reroutes: Vec<i64>,
    pub n_inspections: Vec<i64>,
    pub n_agencies: Vec<i64>,
    pub joint_inspection: BooleanBuilder,
}

impl DeclarationColumns {
    /// Rows.
    pub(super) fn len(&self) -> usize {
        self.accepted_at.len()
    }

    /// The rows as a batch; fields that the benchmark does not fill are empty.
    pub(super) fn into_batch(mut self, schema: &Arc<Schema>) -> RecordBatch {
        let rows = self.len();
        let columns = schema
            .fields()
            .iter()
            .map(|field| -> ArrayRef {
                match field.name().as_str() {
                    "decl_id" => Arc::new(self.decl_id.finish()),
                    "accepted_at" => times(&self.accepted_at),
                    "office" => Arc::new(self.office.finish()),
                    "border_office" => Arc::new(self.border_office.finish()),
                    "flow" => Arc::new(self.flow.finish()),
                    "procedure" => Arc::new(self.procedure.finish()),
                    "consignee" => Arc::new(self.consignee.finish()),
                    "declarant" => Arc::new(self.declarant.finish()),
                    "mode" => Arc::new(self.mode.finish()),
                    "traffic" => Arc::new(self.traffic.finish()),
                    "container" => Arc::new(self.container.finish()),
                    "n_items" => numbers(std::mem::take(&mut self.n_items), field.data_type()),
                    "lodgement" => Arc::new(self.lodgement.finish()),
                    "processing" => Arc::new(self.processing.finish()),
                    "ecommerce" => Arc::new(self.ecommerce.finish()),
                    "aeo" => Arc::new(self.aeo.finish()),
                    "cancelled" => Arc::new(self.cancelled.finish()),
                    "value" => numbers(std::mem::take(&mut self.value), field.data_type()),
                    "standard_minutes" => numbers(std::mem::take(&mut self.standard_minutes), field.data_type()),
                    "matched_partner" => Arc::new(self.matched_partner.finish()),
                    "partner" => Arc::new(self.partner.finish()),
                    "channel" => Arc::new(self.channel.finish()),
                    "inspector" => Arc::new(self.inspector.finish()),
                    "holding_agency" => Arc::new(self.holding_agency.finish()),
                    "arrived_at" => times(&self.arrived_at),
                    "lodged_at" => times(&self.lodged_at),
                    "registered_at" => times(&self.registered_at),
                    "channel_at" => times(&self.channel_at),
                    "inspection_started_at" => times(&self.inspection_started_at),
                    "inspection_result_at" => times(&self.inspection_result_at),
                    "assessed_at" => times(&self.assessed_at),
                    "paid_at" => times(&self.paid_at),
                    "released_at" => times(&self.released_at),
                    "gate_out_at" => times(&self.gate_out_at),
                    "n_reroutes" => numbers(std::mem::take(&mut self.n_reroutes), field.data_type()),
                    "n_inspections" => numbers(std::mem::take(&mut self.n_inspections), field.data_type()),
                    "n_agencies" => numbers(std::mem::take(&mut self.n_agencies), field.data_type()),
                    "joint_inspection" => Arc::new(self.joint_inspection.finish()),
                    "accepted_at_precision" => precision(&self.accepted_at),
                    "arrived_at_precision" => precision(&self.arrived_at),
                    "lodged_at_precision" => precision(&self.lodged_at),
                    "registered_at_precision" => precision(&self.registered_at),
                    "channel_at_precision" => precision(&self.channel_at),
                    "inspection_started_at_precision" => precision(&self.inspection_started_at),
                    "inspection_result_at_precision" => precision(&self.inspection_result_at),
                    "assessed_at_precision" => precision(&self.assessed_at),
                    "paid_at_precision" => precision(&self.paid_at),
                    "released_at_precision" => precision(&self.released_at),
                    "gate_out_at_precision" => precision(&self.gate_out_at),
                    _ => new_null_array(field.data_type(), rows),
                }
            })
            .collect();
        RecordBatch::try_new(schema.clone(), columns).expect("all columns have the schema's types and as many rows")
    }
}

/// Columns of some items; money in hundredths, mass in grams.
#[derive(Debug, Default)]
pub(super) struct ItemColumns {
    pub decl_id: StringBuilder,
    pub item_no: Vec<i64>,
    pub accepted_at: Vec<i64>,
    pub office: StringBuilder,
    pub flow: StringBuilder,
    pub mode: StringBuilder,
    pub aeo: BooleanBuilder,
    pub cancelled: BooleanBuilder,
    pub hs_code: StringBuilder,
    pub hs_code_declared: StringBuilder,
    pub hs_code_assessed: StringBuilder,
    pub procedure: StringBuilder,
    pub preference: StringBuilder,
    pub origin: StringBuilder,
    pub partner: StringBuilder,
    pub gross_mass: Vec<i64>,
    pub net_mass: Vec<i64>,
    pub value: Vec<i64>,
    pub value_declared: Vec<i64>,
    pub value_assessed: Vec<i64>,
    pub valuation_method: StringBuilder,
    pub checked: BooleanBuilder,
    pub total_taxes: Vec<i64>,
    pub total_exempt: Vec<i64>,
    pub total_guaranteed: Vec<i64>,
}

impl ItemColumns {
    /// Rows.
    pub(super) fn len(&self) -> usize {
        self.accepted_at.len()
    }

    /// The rows as a batch; fields that the benchmark does not fill are empty.
    pub(super) fn into_batch(mut self, schema: &Arc<Schema>) -> RecordBatch {
        let rows = self.len();
        let columns = schema
            .fields()
            .iter()
            .map(|field| -> ArrayRef {
                match field.name().as_str() {
                    "decl_id" => Arc::new(self.decl_id.finish()),
                    "item_no" => numbers(std::mem::take(&mut self.item_no), field.data_type()),
                    "accepted_at" => times(&self.accepted_at),
                    "office" => Arc::new(self.office.finish()),
                    "flow" => Arc::new(self.flow.finish()),
                    "mode" => Arc::new(self.mode.finish()),
                    "aeo" => Arc::new(self.aeo.finish()),
                    "cancelled" => Arc::new(self.cancelled.finish()),
                    "hs_code" => Arc::new(self.hs_code.finish()),
                    "hs_code_declared" => Arc::new(self.hs_code_declared.finish()),
                    "hs_code_assessed" => Arc::new(self.hs_code_assessed.finish()),
                    "procedure" => Arc::new(self.procedure.finish()),
                    "preference" => Arc::new(self.preference.finish()),
                    "origin" => Arc::new(self.origin.finish()),
                    "partner" => Arc::new(self.partner.finish()),
                    "gross_mass" => numbers(std::mem::take(&mut self.gross_mass), field.data_type()),
                    "net_mass" => numbers(std::mem::take(&mut self.net_mass), field.data_type()),
                    "value" => numbers(std::mem::take(&mut self.value), field.data_type()),
                    "value_declared" => numbers(std::mem::take(&mut self.value_declared), field.data_type()),
                    "value_assessed" => numbers(std::mem::take(&mut self.value_assessed), field.data_type()),
                    "valuation_method" => Arc::new(self.valuation_method.finish()),
                    "checked" => Arc::new(self.checked.finish()),
                    "total_taxes" => numbers(std::mem::take(&mut self.total_taxes), field.data_type()),
                    "total_exempt" => numbers(std::mem::take(&mut self.total_exempt), field.data_type()),
                    "total_guaranteed" => numbers(std::mem::take(&mut self.total_guaranteed), field.data_type()),
                    "accepted_at_precision" => precision(&self.accepted_at),
                    _ => new_null_array(field.data_type(), rows),
                }
            })
            .collect();
        RecordBatch::try_new(schema.clone(), columns).expect("all columns have the schema's types and as many rows")
    }
}
