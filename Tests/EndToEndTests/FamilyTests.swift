import Foundation
import Testing

@Suite("Every family", .serialized)
struct FamilyTests {
    /// A request, and what it must come to.
    private struct Case: Sendable {
        let request: [String: any Sendable]
        /// `succeeded`, or the code of a failure or rejection.
        let expected: String
        /// Finished targets in Azure.
        let finished: Int

        var id: String { request["id"] as? String ?? "" }
    }

    @Test("copies, missing sources, failures, 429 with Retry-After 1 on every call, lost answers, taken ids")
    func day() async throws {
        var options = World.Options()
        options.items = 30
        options.taken = ["fail", "skip", "replace", "replace-lost", "forbidden"].map { "taken-\($0)" }
        options.worker = "  limits: {lostCopyWatch: 20s, lostStartSearch: 5s, lostImportWatch: 10s}"
        try await World.with(options) { world in
            let cases = Family.allCases.flatMap { family in
                Self.usual(family) + (family.deletion.map { Self.conflicts(family, deletion: $0) } ?? [])
            }
            for family in Family.allCases { try await Self.order(family, at: world.admin) }
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                try await client.submit(all: cases.map(\.request))
                let rejections = cases.filter { $0.expected == "replace_not_allowed" }
                let ids = cases.map(\.id).filter { id in !rejections.contains { $0.id == id } }
                #expect(await client.waitForOutcomes(of: ids, within: .seconds(120)) == [])
                let report = try await world.admin.report()
                for entry in cases { Self.judge(entry, client, report) }
                try await Self.judgeThrottled(client, report, world)
                try await expectNamedEmptyModels(report: report, world: world)
                for fault in try await world.admin.get("/faults").elements where fault["count"].int != nil {
                    #expect(fault["fired"].int == fault["count"].int, "never struck: \(fault.members)")
                }
            }
            #expect(worker.isRunning)
            await worker.killAndWait()
        }
    }

    private static func usual(_ family: Family) -> [Case] {
        let source: [String: any Sendable] = ["resource": World.source(0), "id": Family.missingID]
        return [
            Case(request: request(family, "copies", item: 0), expected: "succeeded", finished: 1),
            Case(
                request: request(family, "missing", item: 1, ["source": source]),
                expected: "source_not_found",
                finished: 0
            ),
            Case(request: request(family, "fails", item: 2), expected: family.failure.code, finished: 0),
            Case(
                request: family.request("\(family)-throttled", source: 1, item: 3, target: 1),
                expected: "succeeded",
                finished: 1
            ),
        ]
            + family.makingCalls.enumerated().map { number, call in
                Case(request: request(family, "lost-\(call)", item: 4 + number), expected: "succeeded", finished: 1)
            }
    }

    private static func conflicts(_ family: Family, deletion: String) -> [Case] {
        func entry(
            _ name: String,
            _ policy: String,
            item: Int,
            target: Int = 0,
            _ expected: String,
            finished: Int
        ) -> Case {
            Case(
                request: family.request(
                    "\(family)-\(name)",
                    source: 0,
                    item: item,
                    target: target,
                    called: "taken-\(name)",
                    ["onConflict": policy]
                ),
                expected: expected,
                finished: finished
            )
        }
        return [
            entry("fail", "fail", item: 10, "target_id_taken", finished: 0),
            entry("skip", "skip", item: 11, "succeeded", finished: 0),
            entry("replace", "replace", item: 12, "succeeded", finished: 1),
            entry("replace-lost", "replace", item: 13, "succeeded", finished: 1),
            entry("forbidden", "replace", item: 14, target: 1, "replace_not_allowed", finished: 0),
        ]
    }

    private static func request(
        _ family: Family,
        _ name: String,
        item: Int,
        _ more: [String: any Sendable] = [:]
    ) -> [String: any Sendable] {
        family.request("\(family)-\(name)", source: 0, item: item, target: 0, more)
    }

    private static func order(_ family: Family, at admin: EmulatorAdmin) async throws {
        let failure = family.failure
        try await admin.post(
            "/faults",
            ["call": failure.call, "fault": failure.fault, "match": "\(family)-fails"]
        )
        for call in family.calls {
            try await admin.post(
                "/faults",
                ["call": call, "fault": "throttle", "retryAfter": 1, "match": "\(family)-throttled", "count": 1]
            )
        }
        for call in family.makingCalls {
            try await admin.post(
                "/faults",
                ["call": call, "fault": "answerLost", "match": "\(family)-lost-\(call)", "count": 1]
            )
        }
        if let deletion = family.deletion {
            try await admin.post(
                "/faults",
                ["call": deletion, "fault": "answerLost", "match": "\(family)-replace-lost", "count": 1]
            )
        }
    }

    private static func judge(_ entry: Case, _ client: Client, _ report: JSON) {
        let events = client.events.filter { ($0.isOutcome || $0.name == "rejected") && $0.request == entry.id }
        #expect(events.count == 1, "\(entry.id)")
        guard let data = events.first?.json["data"] else { return }
        let text = data["error"]["code"].string ?? events[0].name
        #expect(text == entry.expected, "\(entry.id): \(data["error"]["message"].string ?? "")")
        #expect((report["finishedPerRequest"][entry.id].int ?? 0) == entry.finished, "\(entry.id): finished targets")
        if entry.expected == "succeeded" {
            #expect(data["alreadyThere"].int == (entry.finished == 0 ? 1 : nil), "\(entry.id)")
            #expect(!data["verified"].elements.isEmpty, "\(entry.id)")
            #expect(data["target"]["url"].string?.hasPrefix("http://127.0.0.1:") == true, "\(entry.id)")
        }
        if entry.expected == "target_id_taken" { #expect(data["targetDeleted"].int == 0) }
    }

    /// Each wait was served out, and no authorization was wasted on a refusal.
    private static func judgeThrottled(_ client: Client, _ report: JSON, _ world: World) async throws {
        for family in Family.allCases {
            let id = "\(family)-throttled"
            let seconds = client.outcomes(of: id).first?.json["data"]["seconds"].double ?? 0
            #expect(seconds >= Double(family.calls.count), "\(id): every 429 says one second")
            let authorizations = report["authorizations"]["list"].elements.filter {
                $0["clientRequestID"].string == id
            }
            #expect(authorizations.map { $0["uses"].int } == (family == .project ? [] : [1]), "\(id)")
            #expect(client.outcomes(of: id).first?.json["data"]["attempts"].int == 1, "\(id)")
        }
    }

    @Test("a worker killed in the middle of copies and inside every POST: another goes on, each has one target")
    func killed() async throws {
        var options = World.Options()
        options.copySeconds = 6
        options.staleness = "3s"
        options.worker = """
              livenessPeriod: 500ms
              sendBefore: 2s
              limits: {lostCopyWatch: 30s, lostStartSearch: 5s, lostImportWatch: 10s}
            """
        try await World.with(options) { world in
            let killed = try world.startWorker("killed")
            try await Client.with(world) { client in
                let copying = Family.allCases.map { $0.request("\($0)-copying", source: 0, item: 0, target: 0) }
                var inPost: [[String: any Sendable]] = []
                for family in Family.allCases {
                    for (number, call) in family.makingCalls.enumerated() where call != "export" {
                        let id = "\(family)-in-\(call)"
                        inPost.append(family.request(id, source: 1, item: number, target: 1))
                        try await world.admin.post(
                            "/faults",
                            ["call": call, "fault": "hold", "when": "afterWork", "match": id, "count": 1]
                        )
                    }
                }
                try await client.submit(all: copying + inPost)
                let held = try await world.admin.held(count: inPost.count, wait: 40)
                #expect(held.count == inPost.count)
                let areCopying = await eventually(within: .seconds(30)) {
                    Set(client.events.filter { $0.json["data"]["phase"].string == "copying" }.compactMap(\.request))
                        .isSuperset(of: copying.compactMap { $0["id"] as? String })
                }
                #expect(areCopying)
                await killed.killAndWait()
                try await world.admin.post("/held/release")
                let other = try world.startWorker("other")
                let ids = (copying + inPost).compactMap { $0["id"] as? String }
                #expect(await client.waitForOutcomes(of: ids, within: .seconds(120)) == [])
                await other.killAndWait()
                try await expectOnceEach(ids, client: client, world: world)
                let report = try await world.admin.report()
                for id in ids { #expect(report["finishedPerRequest"][id].int == 1, "\(id)") }
            }
        }
    }

    @Test("copyctl submit --check: what would be copied, what would not and why; nothing is made in Azure")
    func check() async throws {
        var options = World.Options()
        options.taken = ["taken"]
        try await World.with(options) { world in
            let worker = try world.startWorker("worker")
            _ = await eventually(within: .seconds(30)) { await world.broker.has(queue: "copy.requests") }
            for family in Family.allCases {
                let good = try await world.copyctl(
                    ["submit", "--check"] + family.options("good-\(family)", sourceID: family.sourceID(0))
                )
                #expect(good.status == 0, "\(family): \(good.output)")
                #expect(good.output.contains("ok: "), "\(family): \(good.output)")
                let bad = try await world.copyctl(
                    ["submit", "--check"] + family.options("bad-\(family)", sourceID: Family.missingID)
                )
                #expect(bad.status == 1, "\(family): \(bad.output)")
                #expect(bad.output.contains("source_not_found"), "\(family): \(bad.output)")
                guard family.deletion != nil else { continue }
                let taken = try await world.copyctl(
                    ["submit", "--check", "--target-id", "taken"]
                        + family.options("taken-\(family)", sourceID: family.sourceID(0))
                )
                #expect(taken.status == 1, "\(family): \(taken.output)")
                #expect(taken.output.contains("target_id_taken"), "\(family): \(taken.output)")
            }
            let report = try await world.admin.report()
            #expect(report["authorizations"]["issued"].int == 0)
            #expect(report["copies"].elements.isEmpty)
            for (resource, calls) in report["calls"].members {
                let making = Set(Family.allCases.flatMap { $0.makingCalls + [$0.deletion].compactMap(\.self) })
                #expect(making.isDisjoint(with: calls.members.keys), "\(resource)")
            }
            await worker.killAndWait()
        }
    }
}
