import CopyRuntime
import Synchronization
import Testing

@Suite("Shield")
struct ShieldTests {
    @Test("an operation runs to its end although the asking task is cancelled")
    func survivesCancellation() async throws {
        let shield = Shield()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await shield.run() }
            group.addTask {
                await withTaskGroup(of: Int?.self) { inner in
                    inner.addTask {
                        try? await shield.run {
                            enter.yield()
                            for await _ in released { break }
                            return Task.isCancelled ? -1 : 7
                        }
                    }
                    for await _ in entered { break }
                    inner.cancelAll()
                    release.yield()
                    let value = await inner.next() ?? nil
                    #expect(value == 7)
                }
                shield.close()
            }
        }
    }

    @Test("abandoning lets go of who waits; a later operation is refused")
    func abandon() async throws {
        let shield = Shield()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await shield.run() }
            group.addTask {
                await #expect(throws: CancellationError.self) {
                    try await shield.run {
                        enter.yield()
                        for await _ in released { break }
                    }
                }
                await #expect(throws: CancellationError.self) { try await shield.run {} }
                release.yield()
                shield.close()
            }
            for await _ in entered { break }
            shield.abandon()
        }
    }

    @Test("a closed shield refuses at once")
    func closed() async {
        let shield = Shield()
        shield.close()
        await shield.run()
        await #expect(throws: CancellationError.self) { try await shield.run {} }
    }
}
