import AMQP
import CRabbitMQ

/// Field tables between their C form and ours. The library has checked their encoding; depth is bounded here.
enum Tables {
    private static let deepest = 32

    static func decode(_ table: amqp_table_t, depth: Int = 0) -> AMQPTable {
        guard depth < deepest, let entries = unsafe table.entries else { return [:] }
        let buffer = unsafe UnsafeBufferPointer(start: entries, count: Int(table.num_entries))
        return AMQPTable(unsafe buffer.map { unsafe ($0.key.text, decode($0.value, depth: depth + 1)) })
    }

    private static func decode(_ field: amqp_field_value_t, depth: Int) -> AMQPValue {
        let value = unsafe field.value
        switch unsafe field.kind {
        case UInt8(ascii: "t"): return unsafe .boolean(value.boolean != 0)
        case UInt8(ascii: "b"): return unsafe .integer(Int64(value.i8))
        case UInt8(ascii: "B"): return unsafe .integer(Int64(value.u8))
        case UInt8(ascii: "s"): return unsafe .integer(Int64(value.i16))
        case UInt8(ascii: "u"): return unsafe .integer(Int64(value.u16))
        case UInt8(ascii: "I"): return unsafe .integer(Int64(value.i32))
        case UInt8(ascii: "i"): return unsafe .integer(Int64(value.u32))
        case UInt8(ascii: "l"): return unsafe .integer(value.i64)
        case UInt8(ascii: "L"): return unsafe .unsigned(value.u64)
        case UInt8(ascii: "f"): return unsafe .double(Double(value.f32))
        case UInt8(ascii: "d"): return unsafe .double(value.f64)
        case UInt8(ascii: "D"): return unsafe .decimal(scale: value.decimal.decimals, value: value.decimal.value)
        case UInt8(ascii: "S"), UInt8(ascii: "x"):
            let bytes = unsafe value.bytes.copied
            return String(validating: bytes, as: UTF8.self).map(AMQPValue.string) ?? .bytes(bytes)
        case UInt8(ascii: "T"): return unsafe .timestamp(value.u64)
        case UInt8(ascii: "F"): return unsafe .table(decode(value.table, depth: depth))
        case UInt8(ascii: "A"):
            guard depth < deepest, let entries = unsafe value.array.entries else { return .array([]) }
            let buffer = unsafe UnsafeBufferPointer(start: entries, count: Int(value.array.num_entries))
            return .array(unsafe buffer.map { unsafe decode($0, depth: depth + 1) })
        default: return .void
        }
    }

    static func encode(_ table: AMQPTable, in arena: Arena) throws(AMQPError) -> amqp_table_t {
        var entries: [amqp_table_entry_t] = unsafe []
        for field in table.fields {
            let key = unsafe try arena.shortText(field.name, "a header's name")
            unsafe entries.append(amqp_table_entry_t(key: key, value: try encode(field.value, in: arena)))
        }
        return unsafe amqp_table_t(num_entries: Int32(entries.count), entries: arena.array(entries))
    }

    private static func encode(_ value: AMQPValue, in arena: Arena) throws(AMQPError) -> amqp_field_value_t {
        var field = unsafe amqp_field_value_t()
        func set(_ kind: Unicode.Scalar) { unsafe field.kind = UInt8(ascii: kind) }
        switch value {
        case .boolean(let flag):
            set("t")
            unsafe field.value.boolean = flag ? 1 : 0
        case .integer(let number):
            set("l")
            unsafe field.value.i64 = number
        case .unsigned(let number):
            // RabbitMQ knows no unsigned 64-bit field; what does not fit goes as it came.
            set(number <= UInt64(Int64.max) ? "l" : "L")
            unsafe field.value.u64 = number
        case .double(let number):
            set("d")
            unsafe field.value.f64 = number
        case .string(let text):
            set("S")
            unsafe field.value.bytes = arena.text(text)
        case .bytes(let bytes):
            set("S")
            unsafe field.value.bytes = arena.bytes(bytes)
        case .timestamp(let seconds):
            set("T")
            unsafe field.value.u64 = seconds
        case .decimal(let scale, let number):
            set("D")
            unsafe field.value.decimal = amqp_decimal_t(decimals: scale, value: number)
        case .array(let values):
            set("A")
            var entries: [amqp_field_value_t] = unsafe []
            for value in values { unsafe entries.append(try encode(value, in: arena)) }
            unsafe field.value.array = amqp_array_t(num_entries: Int32(entries.count), entries: arena.array(entries))
        case .table(let table):
            set("F")
            unsafe field.value.table = try encode(table, in: arena)
        case .void:
            set("V")
        }
        return unsafe field
    }
}
