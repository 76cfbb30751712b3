import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let obligations = [
        ConformanceCase("a save records what the machine owes, once however often it saves") { bench async throws in
            let id = Samples.id("owes")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            let machine = Samples.machine(plan, suspects: ["s1", "s2"], model: nil)
            let owed = machine.obligations
            try #require(owed.count == 1)
            for sequence in 1...3 {
                let checkpoint = Samples.checkpoint(plan, machine: machine, sequence: sequence)
                #expect(try await bench.journal.save(checkpoint, for: lease) == .held)
            }
            #expect(try await bench.neighbour.obligations().map(\.obligation) == owed)
            let last = Samples.checkpoint(plan, machine: machine, sequence: 4)
            _ = try await bench.journal.finish(Samples.outcome(id), checkpoint: last, for: lease)
            #expect(try await bench.neighbour.obligations().map(\.obligation) == owed)
        },
        ConformanceCase("a finish records what the machine owes") { bench async throws in
            let id = Samples.id("owes-at-the-end")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            let machine = Samples.machine(plan, suspects: [], model: nil)
            let last = Samples.checkpoint(plan, machine: machine)
            _ = try await bench.journal.finish(Samples.outcome(id), checkpoint: last, for: lease)
            #expect(try await bench.journal.obligations().map(\.obligation) == machine.obligations)
            #expect(try await bench.journal.obligations().count == 1)
        },
        ConformanceCase("a fenced save records nothing") { bench async throws in
            let id = Samples.id("owes-nothing")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            try await bench.journal.release([lease])
            let machine = Samples.machine(plan, suspects: ["s1"], model: nil)
            #expect(try await bench.journal.save(Samples.checkpoint(plan, machine: machine), for: lease) == .fenced)
            #expect(try await bench.journal.obligations() == [])
        },
        ConformanceCase("suspects that a run owns are left out, in their own resource only") { bench async throws in
            let debtor = Samples.id("debtor")
            let plan = Samples.plan(debtor)
            let lease = try await bench.granted(debtor)
            let machine = Samples.machine(plan, suspects: ["s1", "s2", "s3", "s4"], model: "s4")
            #expect(machine.targetIDs == ["s4"])
            #expect(try await bench.journal.save(Samples.checkpoint(plan, machine: machine), for: lease) == .held)

            let neighbour = Samples.id("neighbour")
            let owns = Samples.machine(Samples.plan(neighbour), suspects: [], model: "s2")
            let other = try await bench.granted(neighbour, as: Samples.bob)
            let checkpoint = Samples.checkpoint(Samples.plan(neighbour), machine: owns)
            #expect(try await bench.neighbour.save(checkpoint, for: other) == .held)

            let far = Samples.id("elsewhere")
            let farPlan = Samples.plan(far, target: "elsewhere")
            let claim = try await bench.journal.claim(far, content: [], plan: farPlan, owner: Samples.bob)
            guard case .granted(let grant) = claim else { throw NotGranted() }
            let farMachine = Samples.machine(farPlan, suspects: [], model: "s3")
            _ = try await bench.journal.save(Samples.checkpoint(farPlan, machine: farMachine), for: grant.lease)

            let open = try await bench.journal.obligations().filter { $0.request == debtor }
            #expect(open.map(\.obligation.subject.suspects) == [["s1", "s3"]])
        },
        ConformanceCase("what a fenced process learned counts once the run has ended") { bench async throws in
            let id = Samples.id("learns")
            let old = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let new = try await bench.granted(id, as: Samples.bob)
            let resource = Samples.resource("invoices-eastus")
            let fact = LearnedFact.made(.model(id: "late"), resource: resource)
            try await bench.journal.learned(fact, for: old)
            bench.clock.advance(.seconds(1))
            try await bench.journal.learned(fact, for: old)
            #expect(try await bench.journal.obligations() == [])
            #expect(try await bench.claim(id, as: Samples.bob) == .mine(new))
            try await bench.end(new)
            let open = try await bench.neighbour.obligations()
            #expect(open.map(\.request) == [id])
            #expect(open.map(\.obligation.subject) == [.model(id: "late")])
            #expect(open.map(\.obligation.resource) == [resource])
            #expect(open.map(\.obligation.due) == [bench.clock.now - .seconds(1)])
        },
        ConformanceCase("a learned fact that the machine came to name itself is no obligation") { bench async throws in
            let id = Samples.id("finds-it")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            let resource = Samples.resource("invoices-eastus")
            for model in ["found", "not-found"] {
                try await bench.journal.learned(.made(.model(id: model), resource: resource), for: lease)
            }
            try await bench.journal.learned(.made(.projectName("found"), resource: resource), for: lease)
            let machine = Samples.machine(plan, suspects: [], model: "found")
            let last = Samples.checkpoint(plan, machine: machine)
            _ = try await bench.journal.finish(Samples.outcome(id), checkpoint: last, for: lease)
            let subjects = try await bench.journal.obligations().map(\.obligation.subject)
            #expect(subjects.contains(.model(id: "not-found")))
            #expect(subjects.contains(.projectName("found")))
            #expect(!subjects.contains(.model(id: "found")))
        },
        ConformanceCase("a suspect that a learned fact explains is left out of the window's suspects") {
            bench async throws in
            let id = Samples.id("explains")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            let machine = Samples.machine(plan, suspects: ["s1", "s2"], model: nil)
            #expect(try await bench.journal.save(Samples.checkpoint(plan, machine: machine), for: lease) == .held)
            let fact = LearnedFact.made(.model(id: "s1"), resource: Samples.resource("invoices-eastus"))
            try await bench.journal.learned(fact, for: lease)
            #expect(try await bench.journal.obligations().map(\.obligation.subject.suspects) == [["s2"]])
        },
        ConformanceCase("obligations come oldest first, and learned facts of forgotten requests count") {
            bench async throws in
            var expected: [RequestID] = []
            for number in 1...12 {
                let id = Samples.id("order-\(number * 7 % 13)")
                let lease = Lease(id: id, run: 1, epoch: 1, owner: Samples.alice)
                let fact = LearnedFact.made(.project(id: "p\(number)"), resource: Samples.resource("r"))
                try await bench.journal.learned(fact, for: lease)
                expected.append(id)
            }
            #expect(try await bench.neighbour.obligations().map(\.request) == expected)
        },
    ]
}

extension ObligationSubject {
    fileprivate var suspects: [String]? {
        switch self {
        case .emptyModel(_, _, let suspects): suspects
        case .model, .reservation, .projectName, .project: nil
        }
    }
}
