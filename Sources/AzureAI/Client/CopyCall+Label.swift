package import CopyDomain

extension CopyCall {
    /// Method and path template, for logs.
    package func label(of item: CopyKind) -> String { CallKind(self).label(of: item) }
}
