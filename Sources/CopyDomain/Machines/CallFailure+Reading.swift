extension CallFailure {
    /// Azure does not know what the call named.
    var isNotFound: Bool { azure?.status == 404 }

    /// Azure reported success in words this worker could not use: what the call was to do has been done.
    var followsSuccess: Bool { (200..<300).contains(azure?.status ?? 0) }
}
