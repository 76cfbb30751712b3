import AzureAI
import Logging

/// What every run of a worker shares.
struct Engine: Sendable {
    let settings: WorkerSettings
    let surroundings: Surroundings
    let journal: JournalKeeper
    let azure: any AzureCalling
    /// Carries calls to Azure to their end; let go of when a drain has lasted long enough.
    let calls: Shield
    let timetable: PollTimetable
    let health: ResourceHealth
    let events: Events
    let feed: ProgressFeed
    let logger: Logger
}
