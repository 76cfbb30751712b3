/// How one of a session's tasks ended, and with it the session.
enum SessionTaskEnd: Sendable {
    /// Cancelled, because another one has ended.
    case idle
    /// Everything was said; the connection may be closed.
    case orderly
    /// The connection said its last word.
    case closed(AMQPError)
    /// A call on the connection failed, or was not answered in time.
    case failed(AMQPError)
}

extension TaskGroup where ChildTaskResult == SessionTaskEnd {
    /// Waits for all tasks; the first that ends cancels the others.
    mutating func sessionEnd(on connection: any AMQPConnection) async -> SessionEnd {
        var end = SessionEnd.cancelled
        for await taskEnd in self {
            switch taskEnd {
            case .idle: break
            case .orderly: if end == .cancelled { end = .orderly }
            case .closed(let error): end = end.ended(by: error)
            case .failed(let error):
                end = end.ended(by: error)
                // So that the events end, with the broker's own reason if it gave one.
                await connection.close()
            }
            cancelAll()
        }
        return end
    }
}
