import AMQP
import CRabbitMQ

/// Memory for the C values of one call, freed together at its end.
@safe
final class Arena {
    private var blocks: [UnsafeMutableRawPointer] = unsafe []

    deinit {
        for unsafe block in unsafe blocks { unsafe block.deallocate() }
    }

    func bytes(_ content: some Collection<UInt8>) -> amqp_bytes_t {
        let count = content.count
        guard count > 0 else { return unsafe amqp_bytes_t(len: 0, bytes: nil) }
        let block = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 1)
        unsafe blocks.append(block)
        unsafe UnsafeMutableRawBufferPointer(start: block, count: count).copyBytes(from: content)
        return unsafe amqp_bytes_t(len: count, bytes: block)
    }

    func text(_ text: String) -> amqp_bytes_t {
        unsafe bytes(text.utf8)
    }

    /// A short string of the protocol: 255 bytes at most.
    func shortText(_ text: String, _ what: String) throws(AMQPError) -> amqp_bytes_t {
        guard text.utf8.count <= 255 else {
            throw AMQPError(.invalid, "\(what) has \(text.utf8.count) bytes; AMQP allows 255")
        }
        return unsafe self.text(text)
    }

    func array<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element>? {
        guard !elements.isEmpty else { return nil }
        let size = MemoryLayout<Element>.stride * elements.count
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<Element>.alignment)
        unsafe blocks.append(block)
        let typed = unsafe block.bindMemory(to: Element.self, capacity: elements.count)
        // The C values are trivial: nothing is to be destroyed when the block goes.
        unsafe typed.initialize(from: elements, count: elements.count)
        return unsafe typed
    }
}

extension amqp_bytes_t {
    var copied: [UInt8] {
        guard let start = unsafe bytes, unsafe len > 0 else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: len))
    }

    /// What is no UTF-8 is replaced.
    var text: String { unsafe String(decoding: copied, as: UTF8.self) }
}
