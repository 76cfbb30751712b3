import AzureAI
import CopyDomain
import CopyRuntime
import Logging
import Synchronization

extension World {
    /// One more worker comes.
    func enter() {
        let number = cast.withLock { cast in
            cast.lastNumber += 1
            return cast.lastNumber
        }
        let name = "worker-\(number)"
        let life = number == 1 ? plot.trap.map { Life(ambush: ambush($0)) } ?? Life() : Life()
        let host = Host(name, process: scheduler.process(name), life: life)
        let worker = worker(on: host, number: number)
        cast.withLock { $0.members.append(Member(host: host, worker: worker)) }
        chronicle.write(name, "begins")
        host.process.begin { [self] in
            await worker.live(as: name, host.life, on: broker)
            left(host)
        }
    }

    func drain(_ member: Member) {
        chronicle.write(member.host.name, "SIGTERM")
        cast.withLock { cast in
            for index in cast.members.indices where cast.members[index].host === member.host {
                cast.members[index].isLeaving = true
            }
        }
        member.host.process.begin { await member.worker.drain() }
    }

    private func left(_ host: Host) {
        let member = cast.withLock { cast -> Member? in
            let index = cast.members.firstIndex { $0.host === host }
            return index.map { cast.members.remove(at: $0) }
        }
        chronicle.write(host.name, "is gone")
        if member?.isLeaving == false, !host.life.isOver {
            oracle.violated(.workerLives, "\(host.name) gave up by itself")
            enter()
        }
    }

    private func worker(on host: Host, number: Int) -> Worker {
        let clock = clock
        let chance = SeededDice(seed: seed &* 0x9E37_79B9 &+ UInt64(number))
        let latency = SeededDice(seed: seed &* 0x85EB_CA6B &+ UInt64(number))
        let catalogue = Estate.catalogue()
        var access: [ResourceName: AzureAI.ResourceAccess] = [:]
        for (resource, entry) in catalogue.resources {
            access[resource] = AzureAI.ResourceAccess(
                endpoint: entry.frozen.endpoint,
                key: { Secret(Estate.key(of: resource.rawValue)) },
                budget: .formRecognizer
            )
        }
        let logger = Logger(label: host.name) { [oracle, chronicle] _ in
            HostLog(host: host.name, oracle: oracle, chronicle: chronicle)
        }
        let now: @Sendable () -> Timestamp = { Estate.noon + clock.elapsed + host.clockOffset }
        let client = AzureClient(
            access: access,
            http: HostHTTP(
                host: host,
                world: process,
                clock: clock,
                azure: azure,
                observer: oracle,
                dice: latency,
                sabotage: plot.sabotage
            ),
            clock: clock,
            wallClock: now,
            logger: logger
        )
        return Worker.mortal(
            host.name,
            life: host.life,
            settings: settings,
            catalogue: catalogue,
            journal: WatchedJournal(
                base: journal,
                line: HostJournalLine(host: host, clock: clock) {
                    .microseconds(200 + Int(2000 * latency.roll()))
                },
                observer: oracle,
                sabotage: plot.sabotage
            ),
            azure: client,
            statusCalls: { client.budget(of: $0)?.statusCalls },
            broker: broker,
            clock: clock,
            now: now,
            random: chance.roll,
            logger: logger
        )
    }
}

/// A worker's log: anybody may read it, so no secret may stand there.
struct HostLog: LogHandler {
    let host: String
    let oracle: Oracle
    let chronicle: Chronicle
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    init(host: String, oracle: Oracle, chronicle: Chronicle) {
        self.host = host
        self.oracle = oracle
        self.chronicle = chronicle
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "\(event.message)"
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
            $0.key < $1.key
        }) {
            line += " \(key)=\(value)"
        }
        oracle.logged(Array(line.utf8))
        chronicle.write(host, "log \(event.level): \(line)")
    }
}
