import FoundationEssentials

extension AdminDesk {
    func copySettings() -> AdminAnswer {
        AdminAnswer(body: azure.withCloud { $0.premises.copying }.json)
    }

    /// Changes the settings that the body names, for copies that begin from now on.
    func changeCopySettings(_ order: AdminOrder) -> AdminAnswer {
        do {
            let change = try JSONDecoder().decode(CopySettings.Change.self, from: Data(order.body))
            let settings = try azure.withCloud { cloud in
                cloud.premises.copying = try cloud.premises.copying.changed(by: change)
                return cloud.premises.copying
            }
            return AdminAnswer(body: settings.json)
        } catch let error as DecodingError {
            return .refused(error.sentence)
        } catch {
            return .refused("\(error)")
        }
    }

    /// 2200-01-01, far from where nanoseconds since 1970 overflow.
    private static let lastSecond: Int64 = 7_258_118_400

    private struct Advance: Decodable {
        let seconds: Double
    }

    func advanceClock(_ order: AdminOrder) -> AdminAnswer {
        guard let advance = try? JSONDecoder().decode(Advance.self, from: Data(order.body)),
            (0...Double(Self.lastSecond - azure.clock.now.unixSeconds)).contains(advance.seconds)
        else { return .refused("seconds: say by how many, not fewer than 0 and not beyond the year 2200.") }
        azure.clock.advance(seconds: advance.seconds)
        return AdminAnswer(body: ["now": .string(azure.clock.now.sevenDigits)])
    }

    func resetStatistics() -> AdminAnswer {
        azure.withCloud { $0.premises.ledger.reset() }
        return .done
    }

    func calls(_ order: AdminOrder) -> AdminAnswer {
        let log = azure.withCloud { $0.premises.ledger.log }
        return AdminAnswer(body: log.report(from: order.query["from"].flatMap(Int.init) ?? 0))
    }

    func tokens() -> AdminAnswer {
        AdminAnswer(body: .array(azure.withCloud { $0.premises.ledger.tokens }.map(JSON.string)))
    }

    func headers(_ order: AdminOrder) -> AdminAnswer {
        let log = azure.withCloud { $0.premises.ledger.headers }
        return AdminAnswer(body: log.report(only: order.query["header"]))
    }
}

extension CopySettings {
    fileprivate var json: JSON {
        ["seconds": .number(seconds), "spread": .number(spread), "runningShare": .number(runningShare)]
    }
}
