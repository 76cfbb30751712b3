import CopyDomain
import CopyJournal
import Foundation
import JournalSQLite
import Testing

@Suite("Death of workers", .serialized)
struct DeathTests {
    /// Where in a POST the emulator lets a worker be killed.
    private static let kills: [(call: String, when: String)] = [
        ("copy", "beforeWork"), ("copy", "afterWork"), ("import", "afterAnswer"), ("authorize", "afterWork"),
    ]

    @Test("two workers, six SIGKILLs, most of them inside a POST: every request ends once", arguments: [0.0, 0.05])
    func kills(lostAnswers: Double) async throws {
        var options = World.Options()
        options.sources = 10
        options.targets = 10
        options.items = 20
        options.copySeconds = 4
        options.worker = "  limits: {lostCopyWatch: 20s, lostImportWatch: 15s}"
        try await World.with(options) { world in
            try await Client.with(world) { client in
                if lostAnswers > 0 {
                    try await world.admin.post(
                        "/faults",
                        ["fault": "answerLost", "probability": lostAnswers, "when": "afterWork"]
                    )
                }
                let requests = Requests.mixture(200, options: world.options)
                let ids = requests.compactMap { $0["id"] as? String }
                var workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
                try await client.submit(all: requests)

                for (number, kill) in Self.kills.enumerated() {
                    try await world.admin.post(
                        "/faults",
                        ["fault": "hold", "call": kill.call, "when": kill.when, "count": 1]
                    )
                    let held = try await world.admin.held()
                    let victim = try await owner(of: held, among: workers, world: world) ?? number % 2
                    await workers[victim].killAndWait()
                    for request in held {
                        try await world.admin.post("/held/\(request["id"].int ?? 0)/release")
                    }
                    workers[victim] = try world.startWorker("worker-\(number + 2)")
                }
                for number in 0..<2 {
                    try await ContinuousClock().sleep(for: .seconds(2))
                    await workers[number].killAndWait()
                    workers[number] = try world.startWorker("worker-late-\(number)")
                }

                let missing = await client.waitForOutcomes(of: ids, within: .seconds(240))
                #expect(missing.isEmpty)
                for worker in workers { await worker.killAndWait() }
                try await expectOnceEach(ids, client: client, world: world)
            }
        }
    }
}

/// Which worker made the held request: the journal names the owner, and an owner's name holds its process id.
private func owner(of held: [JSON], among workers: [ProgramUnderTest], world: World) async throws -> Int? {
    guard let id = held.first?["clientRequestID"].string.flatMap(RequestID.init(rawValue:)) else { return nil }
    let journal = try await SQLiteJournal(path: world.journalFile.path)
    guard let owner = try await journal.find(id)?.owner?.rawValue else { return nil }
    return workers.firstIndex { owner.split(separator: "-").contains("\($0.pid)") }
}

/// What must hold at the end of every bad day.
func expectOnceEach(_ ids: [String], client: Client, world: World) async throws {
    for id in ids {
        let outcomes = client.outcomes(of: id)
        #expect(Set(outcomes.map(\.id)).count == 1, "\(id): one event id")
        #expect(Set(outcomes.map(\.body)).count == 1, "\(id): the same bytes")
        #expect(outcomes.first?.name == "succeeded", "\(id): \(outcomes.first?.json["data"]["error"].members ?? [:])")
    }
    let report = try await world.admin.report()
    for (id, finished) in report["finishedPerRequest"].members {
        #expect(finished.int == 1, "\(id): finished targets")
    }
    try await expectNoForeignProjects(ids, report: report)
    try await expectNamedEmptyModels(report: report, world: world)
}

/// Every project of the targets is the one of a request.
private func expectNoForeignProjects(_ ids: [String], report: JSON) async throws {
    var perRequest: [String: Int] = [:]
    for (resource, projects) in report["projects"].members where resource.hasPrefix("target-") {
        for project in projects.elements {
            perRequest[project["clientRequestID"].string ?? project["name"].string ?? "?", default: 0] += 1
        }
    }
    for (id, count) in perRequest {
        #expect(count == 1, "\(id): projects")
        #expect(ids.contains(id), "a project that no request made: \(id)")
    }
}

/// Every model that stayed `creating`, and every id that is reserved in vain, is in an obligation of the journal.
func expectNamedEmptyModels(report: JSON, world: World) async throws {
    let journal = try await SQLiteJournal(path: world.journalFile.path)
    var named: Set<String> = []
    for recorded in try await journal.obligations() {
        switch recorded.obligation.subject {
        case .emptyModel(_, _, let suspects): named.formUnion(suspects)
        case .model(let id), .project(let id), .reservation(let id): named.insert(id)
        case .projectName: break
        }
    }
    for model in report["neverFilled"].elements + report["reservations"].elements {
        #expect(named.contains(model["modelId"].string ?? "?"), "\(model.members): no obligation names it")
    }
}
