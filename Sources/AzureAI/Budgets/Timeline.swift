/// A clock of any kind, read as the time since this value was made.
struct Timeline: Sendable {
    let now: @Sendable () -> Duration
    private let sleepUntil: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        now = { origin.duration(to: clock.now) }
        sleepUntil = { try await clock.sleep(until: origin.advanced(by: $0), tolerance: nil) }
    }

    func sleep(until moment: Duration) async throws(CancellationError) {
        do {
            try await sleepUntil(moment)
        } catch {
            throw CancellationError()
        }
    }
}
