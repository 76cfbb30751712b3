import FoundationEssentials

extension AdminDesk {
    func faults() -> AdminAnswer {
        let entries = azure.withCloud { $0.faults.entries }
        return AdminAnswer(body: .array(entries.map(\.json)))
    }

    func addFault(_ order: AdminOrder) -> AdminAnswer {
        let rule: FaultRule
        do {
            rule = try JSONDecoder().decode(FaultRule.self, from: Data(order.body))
        } catch let error as DecodingError {
            return .refused(error.sentence)
        } catch {
            return .refused("The fault cannot be read.")
        }
        let calls = CloudRoute.calls.map(\.name)
        guard rule.call == "*" || calls.contains(rule.call) else {
            return .refused("There is no call '\(rule.call)'; known are \(calls.sorted().joined(separator: ", ")).")
        }
        return azure.withCloud { cloud in
            let isDirectory = rule.resource == EntraDirectory.name && cloud.entra != nil
            guard rule.resource == "*" || isDirectory || cloud.premises.resource(named: rule.resource) != nil else {
                return .refused("There is no resource '\(rule.resource)'.")
            }
            return .created(["id": .count(cloud.faults.add(rule))])
        }
    }

    func removeFaults() -> AdminAnswer {
        azure.withCloud { $0.faults.removeAll() }
        return .done
    }

    func removeFault(_ id: String) -> AdminAnswer {
        let known = Int(id).map { id in azure.withCloud { $0.faults.remove(id) } } ?? false
        return known ? .done : .unknown("There is no fault \(id).")
    }
}

extension FaultBook.Entry {
    fileprivate var json: JSON {
        [
            "id": .count(id), "resource": .string(rule.resource), "call": .string(rule.call),
            "fault": .string(rule.fault.rawValue), "when": .string(rule.when.rawValue),
            "probability": .number(rule.probability), "count": rule.count.map(JSON.count) ?? .null,
            "match": .text(rule.match), "fired": .count(fired),
        ]
    }
}
