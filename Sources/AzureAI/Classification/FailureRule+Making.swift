import CopyDomain

/// The kinds of rows there are.
extension FailureRule {
    static let errorStatuses = 400...599

    /// Answers with this status, whatever their code.
    static func status(
        _ status: Int,
        to scope: FailureScope = .all,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        statuses(status...status, to: scope, code, fate)
    }

    /// Answers with one of these statuses, whatever their code.
    static func statuses(
        _ statuses: ClosedRange<Int>,
        to scope: FailureScope = .all,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(occasion: .answers(statuses), scope: scope, codes: .any, texts: [], code: code, fate: fate)
    }

    /// Answers that name one of these codes.
    static func codes(
        _ names: [String],
        in statuses: ClosedRange<Int> = errorStatuses,
        to scope: FailureScope,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(occasion: .answers(statuses), scope: scope, codes: .named(names), texts: [], code: code, fate: fate)
    }

    /// Answers that name a code which begins like one of these.
    static func groups(
        _ prefixes: [String],
        to scope: FailureScope,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(
            occasion: .answers(errorStatuses),
            scope: scope,
            codes: .beginning(prefixes),
            texts: [],
            code: code,
            fate: fate
        )
    }

    /// Refusals that say one of these; for codes that mean many things.
    static func words(
        _ texts: [String],
        to scope: FailureScope,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(occasion: .answers(400...403), scope: scope, codes: .any, texts: texts, code: code, fate: fate)
    }

    /// Failed copies that name one of these codes.
    static func failed(
        codes names: [String],
        to scope: FailureScope = .all,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(occasion: .failedCopies, scope: scope, codes: .named(names), texts: [], code: code, fate: fate)
    }

    /// Failed copies that say one of these; none: all.
    static func failed(
        words texts: [String] = [],
        to scope: FailureScope = .all,
        _ code: FailureCode,
        _ fate: Fate
    ) -> FailureRule {
        FailureRule(occasion: .failedCopies, scope: scope, codes: .any, texts: texts, code: code, fate: fate)
    }
}
