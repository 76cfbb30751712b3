import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

extension Stage {
    func live(_ worker: Worker, _ name: String, _ life: Life = Life()) async {
        await worker.live(as: name, life, on: broker)
    }

    /// Runs the body beside workers of these names, which drain at its end. Messages expire meanwhile.
    func playing(
        _ names: [String] = ["anna"],
        _ body: @Sendable ([String: Worker]) async throws -> Void
    ) async throws {
        try await inActs { try await act(names, body) }
    }

    /// Lets messages expire throughout a body of several acts.
    func inActs(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await broker.runTimers() }
            try await body()
            group.cancelAll()
        }
    }

    /// Like `playing`, as a part of `inActs`.
    func act(
        _ names: [String] = ["anna"],
        _ body: @Sendable ([String: Worker]) async throws -> Void
    ) async throws {
        let workers = Dictionary(uniqueKeysWithValues: names.map { ($0, worker($0)) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                guard let worker = workers[name] else { continue }
                group.addTask { await live(worker, name) }
            }
            try await body(workers)
            for name in names { await workers[name]?.drain() }
            try await group.waitForAll()
        }
    }

    /// Looks every 50 ms of virtual time until the condition holds.
    @discardableResult
    func wait(
        _ what: Comment,
        atMost limit: Duration = .seconds(2 * 3600),
        sourceLocation: SourceLocation = #_sourceLocation,
        until condition: @Sendable (SimulatedBroker) -> Bool
    ) async -> Bool {
        let end = clock.elapsed + limit
        while !condition(broker), clock.elapsed < end {
            guard (try? await clock.sleep(for: .milliseconds(50))) != nil else { break }
        }
        let holds = condition(broker)
        #expect(holds, what, sourceLocation: sourceLocation)
        return holds
    }

    /// Waits until every message is dealt with and so many outcomes or rejections are there.
    @discardableResult
    func settled(
        results count: Int,
        atMost limit: Duration = .seconds(2 * 3600),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> Bool {
        let names = settings.names
        return await wait("\(count) results, nothing left", atMost: limit, sourceLocation: sourceLocation) { broker in
            broker.ready(in: "results").count >= count && names.isAllSettled(on: broker)
        }
    }

    func request(
        _ id: String,
        kind: CopyKind = .documentModel,
        source: String = "source-1",
        item: String = "item-0",
        target: String = "target-1",
        targetID: String? = nil,
        deadline: String? = nil
    ) -> String {
        // Chosen ids are one request's own, as long as a test does not say otherwise.
        let chosen = targetID ?? (kind == .documentClassifier ? "t-\(id)" : nil)
        let targetID = chosen.map { #","id":"\#($0)""# } ?? ""
        let deadline = deadline.map { #","deadline":"\#($0)""# } ?? ""
        return """
            {"id":"\(id)","kind":"\(kind.rawValue)","source":{"resource":"\(source)","id":"\(item)"},\
            "target":{"resource":"\(target)"\(targetID)}\(deadline)}
            """
    }

    func publish(_ text: String, to queue: String? = nil, _ change: (inout AMQPMessage) -> Void = { _ in }) {
        var message = AMQPMessage(body: Array(text.utf8))
        message.contentType = "application/json"
        message.deliveryMode = 2
        change(&message)
        let key = queue ?? settings.names.requests
        broker.publish(OutgoingMessage(exchange: "", routingKey: key, mandatory: true, message: message))
    }

    /// What the journal compares.
    func content(of text: String) throws -> [UInt8] {
        let message = IncomingMessage(
            body: Array(text.utf8),
            contentType: "application/json",
            contentEncoding: nil,
            messageID: nil,
            headers: []
        )
        return try RequestDecoder.decode(message).content
    }

    /// (event id, body) of everything in the results queue, outcomes and rejections.
    var results: [(id: String, body: [UInt8])] {
        broker.ready(in: "results").map { ($0.messageID ?? "", $0.body) }
    }

    func outcomes(of id: String) -> [(id: String, body: [UInt8])] {
        results.filter { $0.id.hasPrefix("\(id)#1#") }
    }

    /// What must hold at the end of every play: one outcome per request, one target per success, nothing against the
    /// rules.
    func check(_ ids: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        for id in ids {
            let outcomes = outcomes(of: id)
            #expect(!outcomes.isEmpty, "\(id) has no outcome", sourceLocation: sourceLocation)
            #expect(Set(outcomes.map(\.id)).count <= 1, "\(id) has two outcomes", sourceLocation: sourceLocation)
            #expect(Set(outcomes.map(\.body)).count <= 1, "\(id): other bytes", sourceLocation: sourceLocation)
            guard let request = RequestID(rawValue: id) else { continue }
            let targets = azure.targets(of: request)
            let isSuccess = outcomes.first?.id.hasSuffix("#succeeded") ?? false
            #expect(targets.count <= 1, "\(id) has \(targets)", sourceLocation: sourceLocation)
            if isSuccess { #expect(targets.count == 1, "\(id): no target", sourceLocation: sourceLocation) }
        }
        #expect(witness.violations.isEmpty, sourceLocation: sourceLocation)
        #expect(azure.violations.isEmpty, sourceLocation: sourceLocation)
    }
}
