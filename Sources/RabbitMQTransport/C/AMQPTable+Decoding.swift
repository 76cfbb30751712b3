import AMQP
import CRabbitMQ

extension AMQPTable {
    /// Copies a decoded table. What is nested deeper than we ever write becomes `void`: a hostile header costs its own
    /// value, not the message.
    init(_ table: amqp_table_t, depth: Int = 0) {
        let entries = unsafe UnsafeBufferPointer(start: table.entries, count: max(0, Int(table.num_entries)))
        unsafe self.init(entries.map { unsafe (String($0.key), AMQPValue($0.value, depth: depth)) })
    }
}

extension AMQPValue {
    init(_ field: amqp_field_value_t, depth: Int) {
        let value = unsafe field.value
        switch unsafe amqp_field_value_kind_t(numericCast(field.kind)) {
        case AMQP_FIELD_KIND_BOOLEAN: self = unsafe .boolean(value.boolean != 0)
        case AMQP_FIELD_KIND_I8: self = unsafe .integer(Int64(value.i8))
        case AMQP_FIELD_KIND_I16: self = unsafe .integer(Int64(value.i16))
        case AMQP_FIELD_KIND_I32: self = unsafe .integer(Int64(value.i32))
        case AMQP_FIELD_KIND_I64: self = unsafe .integer(value.i64)
        case AMQP_FIELD_KIND_U8: self = unsafe .unsigned(UInt64(value.u8))
        case AMQP_FIELD_KIND_U16: self = unsafe .unsigned(UInt64(value.u16))
        case AMQP_FIELD_KIND_U32: self = unsafe .unsigned(UInt64(value.u32))
        case AMQP_FIELD_KIND_U64: self = unsafe .unsigned(value.u64)
        case AMQP_FIELD_KIND_F32: self = unsafe .double(Double(value.f32))
        case AMQP_FIELD_KIND_F64: self = unsafe .double(value.f64)
        case AMQP_FIELD_KIND_DECIMAL: self = unsafe .decimal(scale: value.decimal.decimals, value: value.decimal.value)
        case AMQP_FIELD_KIND_TIMESTAMP: self = unsafe .timestamp(value.u64)
        case AMQP_FIELD_KIND_BYTES: self = unsafe .bytes([UInt8](value.bytes))
        case AMQP_FIELD_KIND_UTF8:
            let bytes = unsafe [UInt8](value.bytes)
            self = String(validating: bytes, as: UTF8.self).map(AMQPValue.string) ?? .bytes(bytes)
        case AMQP_FIELD_KIND_TABLE where depth < EncodingPool.deepestTable - 1:
            self = unsafe .table(AMQPTable(value.table, depth: depth + 1))
        case AMQP_FIELD_KIND_ARRAY where depth < EncodingPool.deepestTable - 1:
            let entries = unsafe UnsafeBufferPointer(
                start: value.array.entries,
                count: max(0, Int(value.array.num_entries))
            )
            self = unsafe .array(entries.map { unsafe AMQPValue($0, depth: depth + 1) })
        default:
            self = .void
        }
    }
}

extension [UInt8] {
    init(_ bytes: amqp_bytes_t) {
        unsafe self.init(UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.bytes == nil ? 0 : bytes.len))
    }
}

extension String {
    /// A short string, of at most 255 bytes. Bytes that are not UTF-8 are repaired: for names, which people read. What
    /// the repair makes longer is cut, so that it can be sent on.
    init(_ bytes: amqp_bytes_t) {
        unsafe self.init(
            decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.bytes == nil ? 0 : bytes.len),
            as: UTF8.self
        )
        while utf8.count > 255 { unicodeScalars.removeLast() }
    }
}
