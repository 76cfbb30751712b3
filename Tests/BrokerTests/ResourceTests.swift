import AMQP
import BrokerSupport
import Foundation
import RabbitMQTransport
import Testing

/// In its own process, where nothing else opens sockets and threads.
@Suite("Resources and speed")
struct ResourceTests {
    @Test("a thousand connections leave no descriptor and no thread behind, however they end")
    func noLeak() async throws {
        let broker = try await PrivateBroker.steady()
        await #expect(processExitsWith: .success) { [port = broker.port as UInt16] in
            let proxy = try FaultProxy(to: port)
            let transport = RabbitMQTransport()
            // The first one starts what stays: the watchdog.
            await (try transport.connect(to: .plain(port: port), name: "first")).close()
            let before = ProcessFigures.now
            for number in 0..<1000 {
                switch number % 4 {
                case 0:
                    let connection = try await transport.connect(to: .plain(port: port), name: "closed")
                    await connection.close()
                case 1:
                    _ = try await transport.connect(to: .plain(port: port), name: "dropped")
                case 2:
                    _ = try? await transport.connect(to: .plain(port: port, password: "wrong"), name: "refused")
                default:
                    let connection = try await transport.connect(to: .plain(port: proxy.port), name: "cut")
                    proxy.reset()
                    for await event in connection.events { if case .closed = event { break } }
                }
            }
            // A leak would be hundreds; Swift's own pool may have started another thread meanwhile.
            try await ProcessFigures.settle(threads: before.threads + 3, descriptors: before.descriptors + 3)
            proxy.stop()
        }
    }

    @Test("throughput of consume and acknowledge, and the round trip, for the record")
    func throughput() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("throughput")
        let (publisher, published) = try await connect(.plain(port: broker.port))
        let (consumer, consumed) = try await connect(.plain(port: broker.port))
        try await publisher.declareClassic(queue)
        try await publisher.selectConfirms()
        let count = 5000
        let body = String(repeating: "x", count: 512)
        let clock = ContinuousClock()
        let publishing = try await clock.measure {
            for _ in 0..<(count / 100) {
                try await publisher.publish((0..<100).map { _ in .text(body, to: queue) })
            }
            try await published.confirmed(upTo: UInt64(count))
        }
        let consuming = try await clock.measure {
            try await consumer.consume(queue: queue, consumerTag: "c", prefetch: 500, exclusive: false)
            for _ in 0..<count {
                try await consumer.settle([.ack(tag: try await consumed.delivery().deliveryTag)])
            }
        }
        let trips = 200
        let travelling = try await clock.measure {
            for _ in 0..<trips {
                try await publisher.publish("ping", to: queue)
                try await consumer.settle([.ack(tag: try await consumed.delivery().deliveryTag)])
            }
        }
        print(
            "publish+confirm \(count / publishing)/s, consume+ack \(count / consuming)/s, round trip \(travelling / trips)"
        )
        await publisher.close()
        await consumer.close()
        let figures = try await broker.figures(of: queue) { $0.ready == 0 }
        #expect(figures.ready == 0)
    }
}

private func / (count: Int, duration: Duration) -> Int {
    Int(Double(count) / (duration / .seconds(1)))
}

/// What the kernel counts for this process.
struct ProcessFigures {
    struct Grown: Error {
        let figures: ProcessFigures
    }

    let threads: Int
    let descriptors: Int

    static var now: ProcessFigures {
        func entries(_ path: String) -> Int { (try? FileManager.default.contentsOfDirectory(atPath: path).count) ?? 0 }
        return ProcessFigures(threads: entries("/proc/self/task"), descriptors: entries("/proc/self/fd"))
    }

    /// Threads end shortly after their actor is gone.
    static func settle(threads: Int, descriptors: Int) async throws {
        for _ in 0..<500 {
            let now = now
            if now.threads <= threads, now.descriptors <= descriptors { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Grown(figures: now)
    }
}
