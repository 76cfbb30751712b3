extension Timestamp {
    /// When something runs out, by this host's clock, that Azure has just granted.
    ///
    /// However the two clocks differ, it lives as long. What is over already by the service's own word was granted a
    /// moment ago all the same: it is believed to live as long as such a thing usually does.
    ///
    /// - Parameters:
    ///   - expires: its end by the service's clock; `nil`: it does not say.
    ///   - serviceDate: when it was granted, by the same clock; `nil`: this host's has to do.
    static func end(
        of expires: Timestamp?,
        usualLife: Duration,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Timestamp {
        guard let rest = expires?.since(serviceDate ?? now), rest > .zero else { return now + usualLife }
        return now + rest
    }
}
