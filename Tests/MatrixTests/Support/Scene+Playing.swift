import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

extension Scene {
    /// The text of a request from west to east, or from north to south.
    func request(
        _ id: String,
        source: String = "west",
        target: String = "east",
        onConflict: ConflictPolicy? = nil
    ) -> String {
        let subject = script.subject
        let chosen = script.choosesID ? #","id":"\#(Self.chosenID)""# : ""
        let conflict = (onConflict ?? script.onConflict).map { #","onConflict":"\#($0.rawValue)""# } ?? ""
        return """
            {"id":"\(id)","kind":"\(subject.kind.rawValue)","apiVersion":"\(subject.version.rawValue)",\
            "source":{"resource":"\(source)","id":"\(Estate.sourceID(of: subject.family))"},\
            "target":{"resource":"\(target)"\(chosen)}\(conflict)}
            """
    }

    func publish(_ text: String) {
        var message = AMQPMessage(body: Array(text.utf8))
        message.contentType = "application/json"
        message.deliveryMode = 2
        broker.publish(
            OutgoingMessage(exchange: "", routingKey: settings.names.requests, mandatory: true, message: message)
        )
    }

    var resultCount: Int { broker.ready(in: "results").count }

    /// Outcomes and rejections so far.
    var outcomes: [PublishedOutcome] { broker.ready(in: "results").compactMap(PublishedOutcome.init) }

    func outcomes(of id: String) -> [PublishedOutcome] { outcomes.filter { $0.id.hasPrefix("\(id)#") } }

    /// Looks five times a second of virtual time until the condition holds.
    func wait(_ what: Comment, atMost limit: Duration = .seconds(12 * 3600), until condition: () -> Bool) async {
        let end = clock.elapsed + limit
        while !condition(), clock.elapsed < end {
            guard (try? await clock.sleep(for: .milliseconds(200))) != nil else { break }
        }
        #expect(condition(), what)
    }

    /// Waits until every message is dealt with and so many outcomes or rejections are there.
    func settled(results count: Int) async {
        await wait("\(count) results, nothing left") {
            resultCount >= count && settings.names.isAllSettled(on: broker)
        }
    }

    /// Runs the body beside one worker, which drains at its end. Messages expire meanwhile.
    func playing(_ body: @Sendable () async throws -> Void) async throws {
        let worker = worker("anna")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await broker.runTimers() }
            group.addTask { await worker.live(as: "anna", Life(), on: broker) }
            try await body()
            await worker.drain()
            try await group.next()
            group.cancelAll()
        }
    }

    /// Plays one request `r` and the same once more on a worker that dies at the given moment, and on one that comes
    /// after it.
    ///
    /// - Parameter last: `nil`: nobody dies.
    /// - Returns: how many moments the first worker had, and in which phase it died.
    func playRequest(dyingAt last: Int? = nil) async -> (moments: Int, phase: Phase?) {
        let life = Life(last: last)
        let first = worker("anna", life: life)
        var moments = 0
        var phase: Phase?
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await broker.runTimers() }
            group.addTask { await first.live(as: "anna", life, on: broker) }
            publish(request("r"))
            await wait("the first worker ends it or dies") {
                life.isOver || settings.names.isAllSettled(on: broker) && resultCount > 0
            }
            moments = life.moments
            phase = witness.phases.last
            var worker = first
            if last != nil {
                worker = self.worker("bert")
                let successor = worker
                group.addTask { await successor.live(as: "bert", Life(), on: broker) }
            }
            await settled(results: 1)
            let before = resultCount
            publish(request("r"))
            await settled(results: before + 1)
            await worker.drain()
            life.end()
            await group.next()
            if last != nil { await group.next() }
            group.cancelAll()
        }
        return (moments, phase)
    }
}
