import AMQP

extension Signal {
    /// Returns at the next signal, after the limit, or when the task is cancelled.
    func wait(atMost limit: Duration?, _ surroundings: Surroundings) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            if let limit {
                group.addTask { try? await surroundings.sleep(limit) }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
