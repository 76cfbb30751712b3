import HTTPTypes
import HummingbirdCore
import NIOCore

/// The door of one resource: takes requests through admission, faults and work to an answer, or to none.
struct ResourceFront: Sendable {
    let resource: Int
    let name: String
    let host: String
    let emulator: AzureEmulator

    /// The ways in which a conversation ends without an answer.
    private enum Interruption: Error {
        case reset, cut
    }

    /// Answers one request; throws when the connection is gone.
    @concurrent
    func respond(to request: Request, with writer: consuming ResponseWriter, on channel: any Channel) async throws {
        guard var request = try await EmulatedRequest(request, resource: resource, host: host, clock: emulator.clock)
        else {
            // The rest of the body is not read, so the connection cannot go on.
            return await channel.cut()
        }
        switch emulator.withCloud({ $0.admit(&request) }) {
        case .refused(let answer):
            try await write(answer, to: request, with: writer)
        case .admitted(let route, let plan, let latency):
            let visit = Visit(route: route, plan: plan, request: request)
            do {
                if latency > 0 { try await Task.sleep(for: .milliseconds(latency)) }
                let answer = try await answer(visit)
                try await write(answer, to: request, with: writer)
                if plan.hold(.afterAnswer) != nil { emulator.holds.note(held(visit, .afterAnswer)) }
            } catch Interruption.reset {
                await channel.reset()
                throw Interruption.reset
            } catch Interruption.cut {
                await channel.cut()
                throw Interruption.cut
            }
        }
    }

    /// A request that was admitted.
    private struct Visit: Sendable {
        let route: CloudRoute
        let plan: FaultPlan
        let request: EmulatedRequest
    }

    private func answer(_ visit: Visit) async throws -> EmulatedAnswer {
        if let refusal = try await pass(.beforeWork, visit) { return refusal }
        let now = emulator.clock.now
        let answer = emulator.withCloud {
            $0.perform(visit.route, visit.request, steering: visit.plan.steering, at: now)
        }
        if let refusal = try await pass(.afterWork, visit) { return refusal }
        guard !visit.plan.answerLost else { throw Interruption.cut }
        return answer
    }

    /// Lets the faults of `stage` strike; answers what is said instead of the truth.
    private func pass(_ stage: Stage, _ visit: Visit) async throws -> EmulatedAnswer? {
        if let milliseconds = visit.plan.delay(stage) { try await Task.sleep(for: .milliseconds(milliseconds)) }
        if let then = visit.plan.hold(stage) {
            switch await emulator.holds.hold(held(visit, stage), then: then) {
            case .work?: break
            case .drop?: throw Interruption.reset
            case nil: throw CancellationError()
            }
        }
        switch visit.plan.refusal(stage) {
        case .reset?: throw Interruption.reset
        case .gateway(let refusal)?: return visit.route.answer(refusal)
        case nil: return nil
        }
    }

    private func held(_ visit: Visit, _ stage: Stage) -> HoldRoom.Held {
        HoldRoom.Held(
            resource: name,
            call: visit.route.call.name,
            clientRequestID: visit.request.clientRequestID,
            when: stage,
            since: emulator.clock.now
        )
    }

    @concurrent
    private func write(
        _ answer: EmulatedAnswer,
        to request: EmulatedRequest,
        with writer: consuming ResponseWriter
    ) async throws {
        let head = HTTPResponse(answer, to: request, at: emulator.clock.now)
        guard !answer.body.isEmpty else { return try await writer.writeResponse(head) }
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
    }
}
