/// A certificate for `localhost` that nobody trusts, good until 2126, and its key; both for tests only.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUFe/DFSL6xuVDxwk7v4dd0dbRT0QwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTEwNTkyN1oYDzIxMjYxMDI4
        MTA1OTI3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAT9CbbgXkkg5Bstph5hKQjxNeyNhHpWwq3lsAEylY8oKwt2Bh0BK7vk
        2A5dRuIG9T7InLM6hLKj/v9ET5wtLlpho28wbTAdBgNVHQ4EFgQUvWNzG26ze4rJ
        XQJNGZyNDfXALNYwHwYDVR0jBBgwFoAUvWNzG26ze4rJXQJNGZyNDfXALNYwGgYD
        VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
        zj0EAwIDSAAwRQIgOvy7m2OKukDpOMFsiOj59/uwqpqRw9bduU+4tFAPodACIQCq
        ut1LoxiEwdwtP0RES6LbrYm2IhxWUta3KMoJWYIAEg==
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5h/42AJRnw5cs/bp
        ZzwKnQRNIltqQQaCc86SIRwdotGhRANCAAT9CbbgXkkg5Bstph5hKQjxNeyNhHpW
        wq3lsAEylY8oKwt2Bh0BK7vk2A5dRuIG9T7InLM6hLKj/v9ET5wtLlph
        -----END PRIVATE KEY-----
        """
}
