import AMQP
import CRabbitMQ

extension EncodingPool {
    /// Deeper than anything that is meant, and shallow enough for the library's recursion.
    static let deepestTable = 32

    func table(_ table: AMQPTable, depth: Int = 0) throws(AMQPError) -> amqp_table_t {
        guard depth < Self.deepestTable else {
            throw AMQPError(.invalid, "A table is nested more than \(Self.deepestTable) levels deep")
        }
        let entries = unsafe try allocate(amqp_table_entry_t.self, count: table.fields.count)
        for (index, field) in table.fields.enumerated() {
            let key = unsafe try shortString(field.name, "name of a table's field")
            unsafe entries[index] = unsafe amqp_table_entry_t(
                key: key,
                value: try value(field.value, of: field.name, depth: depth)
            )
        }
        return unsafe amqp_table_t(num_entries: Int32(table.fields.count), entries: entries)
    }

    private func array(_ values: [AMQPValue], of name: String, depth: Int) throws(AMQPError) -> amqp_array_t {
        guard depth < Self.deepestTable else {
            throw AMQPError(.invalid, "The array '\(name)' is nested more than \(Self.deepestTable) levels deep")
        }
        let entries = unsafe try allocate(amqp_field_value_t.self, count: values.count)
        for (index, element) in values.enumerated() {
            unsafe entries[index] = unsafe try value(element, of: name, depth: depth)
        }
        return unsafe amqp_array_t(num_entries: Int32(values.count), entries: entries)
    }

    private func value(_ value: AMQPValue, of name: String, depth: Int) throws(AMQPError) -> amqp_field_value_t {
        var field = unsafe amqp_field_value_t()
        switch value {
        case .boolean(let flag):
            unsafe field.kind = AMQP_FIELD_KIND_BOOLEAN.kind
            unsafe field.value.boolean = flag ? 1 : 0
        case .integer(let number):
            unsafe field.kind = AMQP_FIELD_KIND_I64.kind
            unsafe field.value.i64 = number
        case .unsigned(let number):
            // RabbitMQ knows no unsigned 64-bit field and closes the connection on one.
            guard let signed = Int64(exactly: number) else {
                throw AMQPError(.invalid, "The field '\(name)' is \(number), more than RabbitMQ's largest integer")
            }
            unsafe field.kind = AMQP_FIELD_KIND_I64.kind
            unsafe field.value.i64 = signed
        case .double(let number):
            unsafe field.kind = AMQP_FIELD_KIND_F64.kind
            unsafe field.value.f64 = number
        case .string(let text):
            unsafe field.kind = AMQP_FIELD_KIND_UTF8.kind
            unsafe field.value.bytes = unsafe try bytes(text.utf8)
        case .bytes(let content):
            unsafe field.kind = AMQP_FIELD_KIND_BYTES.kind
            unsafe field.value.bytes = unsafe try bytes(content)
        case .timestamp(let seconds):
            unsafe field.kind = AMQP_FIELD_KIND_TIMESTAMP.kind
            unsafe field.value.u64 = seconds
        case .decimal(let scale, let unscaled):
            unsafe field.kind = AMQP_FIELD_KIND_DECIMAL.kind
            unsafe field.value.decimal = amqp_decimal_t(decimals: scale, value: unscaled)
        case .array(let values):
            unsafe field.kind = AMQP_FIELD_KIND_ARRAY.kind
            unsafe field.value.array = unsafe try array(values, of: name, depth: depth + 1)
        case .table(let nested):
            unsafe field.kind = AMQP_FIELD_KIND_TABLE.kind
            unsafe field.value.table = unsafe try table(nested, depth: depth + 1)
        case .void:
            unsafe field.kind = AMQP_FIELD_KIND_VOID.kind
        }
        return unsafe field
    }
}

extension amqp_field_value_kind_t {
    var kind: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
}
