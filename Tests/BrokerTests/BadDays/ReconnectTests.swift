import AMQP
import BrokerSupport
import Foundation
import Testing

/// In its own process, where nothing else opens sockets and threads.
@Suite("Hundreds of reconnects")
struct ReconnectTests {
    @Test("after each of 300 resets both clients are back at work, and nothing is left behind", .timeLimit(.minutes(5)))
    func resets() async throws {
        let broker = try await PrivateBroker.steady()
        await #expect(processExitsWith: .success) { [port = broker.port as UInt16] in
            var options = BadDay.Options()
            options.patience = .milliseconds(1)
            try await BadDay.with("resets", on: port, options) { day in
                var before = ProcessFigures.now
                var memory = Memory.resident
                for number in 1...330 {
                    let epochs = (day.consumer.status.epoch, day.publisher.status.epoch)
                    day.proxy.reset()
                    try await day.until("the \(number)th return") {
                        $0.consumer.status.epoch > epochs.0 && $0.publisher.status.epoch > epochs.1 && $0.isAtWork
                    }
                    try await day.roundTrip("\(number)")
                    if number == 30 {
                        // Pools are filled by now.
                        before = ProcessFigures.now
                        memory = Memory.resident
                    }
                }
                try await ProcessFigures.settle(threads: before.threads + 3, descriptors: before.descriptors + 3)
                // A frame buffer that is left behind by each connection would be 75 MB.
                guard Memory.resident < memory + (16 << 20) else {
                    throw Memory.Grown(from: memory, to: Memory.resident)
                }
                guard day.isRunning else { throw BadDay.Missing(description: "A client gave up") }
            }
        }
    }
}

/// Resident memory of this process, in bytes.
private enum Memory {
    struct Grown: Error {
        let from: Int
        let to: Int
    }

    static var resident: Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii))?.split(separator: " ") ?? []
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
    }
}
