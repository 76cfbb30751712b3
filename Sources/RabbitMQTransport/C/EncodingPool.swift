import AMQP
import CRabbitMQ

/// Memory for what the library is about to encode: taken piece by piece, given back all at once.
@safe
final class EncodingPool {
    private let pool: UnsafeMutablePointer<amqp_pool_t>

    init() {
        unsafe pool = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe pool.initialize(to: amqp_pool_t())
        unsafe init_amqp_pool(pool, 8192)
    }

    deinit {
        unsafe empty_amqp_pool(pool)
        unsafe pool.deallocate()
    }

    /// Everything handed out so far is gone.
    func recycle() {
        unsafe recycle_amqp_pool(pool)
    }

    func allocate<Element>(
        _ type: Element.Type,
        count: Int
    ) throws(AMQPError) -> UnsafeMutablePointer<Element> {
        // At least one, because the library takes 0 bytes for "no memory".
        guard let memory = unsafe amqp_pool_alloc(pool, MemoryLayout<Element>.stride * max(count, 1)) else {
            throw AMQPError(.connectionLost, "There is no memory left for \(count) values")
        }
        return unsafe memory.bindMemory(to: type, capacity: max(count, 1))
    }

    func bytes(_ bytes: some Collection<UInt8>) throws(AMQPError) -> amqp_bytes_t {
        let count = bytes.count
        guard count > 0 else { return unsafe amqp_bytes_t() }
        let memory = unsafe try allocate(UInt8.self, count: count)
        _ = unsafe UnsafeMutableBufferPointer(start: memory, count: count).initialize(from: bytes)
        return unsafe amqp_bytes_t(len: count, bytes: memory)
    }

    /// A short string, which AMQP limits to 255 bytes.
    func shortString(_ text: String, _ what: String) throws(AMQPError) -> amqp_bytes_t {
        let count = text.utf8.count
        guard count <= 255 else { throw AMQPError(.invalid, "The \(what) has \(count) bytes, more than AMQP's 255") }
        return unsafe try bytes(text.utf8)
    }
}
