/// Outcomes whose publication was never noted: the journal was away at that moment.
package enum RetainedOutcome {
    /// How much longer they are kept than others. By then each was sent a message many times over
    /// (``Journal/takeStranded(for:limit:)``), and its outcome was published if the broker took anything at all.
    package static let grace: Duration = .seconds(24 * 3600)
}
