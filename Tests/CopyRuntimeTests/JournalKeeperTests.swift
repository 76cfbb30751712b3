import CopyDomain
import CopyJournal
import Logging
import Simulation
import Testing

@testable import CopyRuntime

@Suite("Asking the journal")
struct JournalKeeperTests {
    @Test(
        "a journal that is away or unusable is asked until it answers, and readiness says why meanwhile",
        arguments: [JournalError.Code.unavailable, .unusable]
    )
    func asking(code: JournalError.Code) async throws {
        try await withKeeper { keeper in
            let tries = Shared(0)
            let answer = try await keeper.ask { _ in
                let number = tries.withLock { tries in
                    tries += 1
                    return tries
                }
                #expect(keeper.troubles.all == (number == 1 ? [] : ["journal \(code.rawValue): try \(number - 1)"]))
                guard number > 20 else { throw JournalError(code, "try \(number)") }
                return number
            }
            #expect(answer == 21)
            #expect(keeper.troubles.all == [])
        }
    }

    @Test("what cannot be read about one request is its asker's business at once, and no trouble of the worker")
    func unreadable() async throws {
        try await withKeeper { keeper in
            let error = JournalError(.unreadable, "request hurt: the stored checkpoint cannot be read")
            await #expect(throws: error) {
                try await keeper.ask { _ in throw error }
            }
            #expect(keeper.troubles.all == [])
        }
    }

    @Test("an answer to one asker does not hide that another still asks in vain")
    func twoAskers() async throws {
        try await withKeeper { keeper in
            let isFull = Shared(true)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    _ = try await keeper.ask { _ in
                        if isFull.withLock(\.self) { throw JournalError(.unavailable, "the disk is full") }
                    }
                }
                while keeper.troubles.all.isEmpty { try await keeper.surroundings.sleep(.milliseconds(10)) }
                _ = try await keeper.ask { try await $0.find(RequestID(rawValue: "a")!) }
                #expect(keeper.troubles.all == ["journal unavailable: the disk is full"])
                isFull.withLock { $0 = false }
                try await group.waitForAll()
            }
            #expect(keeper.troubles.all == [])
        }
    }

    @Test("an asker that is cancelled takes its trouble with it")
    func cancelled() async throws {
        try await withKeeper { keeper in
            try await withThrowingTaskGroup { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await keeper.ask { _ in throw JournalError(.unavailable, "locked") }
                    }
                }
                while keeper.troubles.all.isEmpty { try await keeper.surroundings.sleep(.milliseconds(10)) }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(keeper.troubles.all == [])
        }
    }

    private func withKeeper(_ body: @escaping @Sendable (JournalKeeper) async throws -> Void) async throws {
        try await VirtualTime.run { clock in
            let shield = Shield()
            let keeper = JournalKeeper(
                journal: MemoryJournal(uptime: { .zero }) { Timestamp(milliseconds: 0) },
                shield: shield,
                surroundings: Surroundings(
                    clock: clock,
                    uptime: { .zero },
                    now: { Timestamp(milliseconds: 0) },
                    suspensionClock: { 0 },
                    random: { 0 }
                ),
                troubles: Troubles(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            try await withThrowingTaskGroup { group in
                group.addTask { await shield.run() }
                defer { shield.close() }
                try await body(keeper)
            }
        }
    }
}
