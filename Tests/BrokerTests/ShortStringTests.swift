import AMQP
import Testing

@testable import RabbitMQTransport

@Suite("Short strings of the library")
struct ShortStringTests {
    /// RabbitMQ takes any 255 bytes; each that is not UTF-8 becomes three.
    @Test(
        "stay short enough to be sent on, whatever their bytes are",
        arguments: [
            [UInt8](repeating: 0xFF, count: 255), [0x61] + [UInt8](repeating: 0xFF, count: 254),
            [UInt8](repeating: 0xC3, count: 200) + [UInt8](repeating: 0x28, count: 55),
        ] as [[UInt8]]
    )
    func repaired(bytes: [UInt8]) throws {
        let pool = EncodingPool()
        let text = unsafe String(try pool.bytes(bytes))
        #expect(text.utf8.count > 252 && text.utf8.count <= 255)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(text))
        _ = unsafe try pool.shortString(text, "message id")
    }

    @Test("are as they were when they are UTF-8", arguments: ["", "m-1", String(repeating: "ü", count: 127)])
    func whole(text: String) throws {
        let pool = EncodingPool()
        #expect(unsafe String(try pool.shortString(text, "message id")) == text)
    }
}
