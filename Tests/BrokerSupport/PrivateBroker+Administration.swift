extension PrivateBroker {
    package struct QueueFigures: Hashable, Sendable {
        package let ready: Int
        package let unacknowledged: Int
        package let consumers: Int

        package init(ready: Int, unacknowledged: Int, consumers: Int) {
            self.ready = ready
            self.unacknowledged = unacknowledged
            self.consumers = consumers
        }
    }

    /// Makes a virtual host in which guest may do everything.
    package nonisolated func addVirtualHost(_ name: String) async throws {
        try await evaluate(
            """
            rabbit_vhost:add(<<"\(name)">>, <<"test">>),
            rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"\(name)">>,
                <<".*">>, <<".*">>, <<".*">>, <<"test">>).
            """
        )
    }

    package nonisolated func addUser(_ name: String, password: String) async throws {
        try await evaluate("rabbit_auth_backend_internal:add_user(<<\"\(name)\">>, <<\"\(password)\">>, <<\"test\">>).")
    }

    package nonisolated func permit(_ user: String, in virtualHost: String = "/") async throws {
        try await evaluate(
            """
            rabbit_auth_backend_internal:set_permissions(<<"\(user)">>, <<"\(virtualHost)">>,
                <<".*">>, <<".*">>, <<".*">>, <<"test">>).
            """
        )
    }

    /// The figures of a quorum queue follow with some delay.
    package nonisolated func figures(of queue: String, in virtualHost: String = "/") async throws -> QueueFigures {
        let answer = try await evaluate(
            """
            {ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"\(virtualHost)">>, queue, <<"\(queue)">>)),
            list_to_tuple([N || {_, N} <- rabbit_amqqueue:info(Q, [messages_ready, messages_unacknowledged, consumers])]).
            """
        )
        let numbers = answer.dropFirst("{ok, ".count).split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 3 else { throw ChildProcess.Failure("Figures of \(queue): \(answer)") }
        return QueueFigures(ready: numbers[0], unacknowledged: numbers[1], consumers: numbers[2])
    }

    /// The figures as soon as they are as they should be, or those of half a minute later: the broker's queues work on
    /// after the channel has answered.
    package nonisolated func figures(
        of queue: String,
        until areRight: @Sendable (QueueFigures) -> Bool
    ) async throws -> QueueFigures {
        for _ in 0..<150 {
            let figures = try await figures(of: queue)
            if areRight(figures) { return figures }
            // The broker tells nobody when its figures change.
            try await Task.sleep(for: .milliseconds(200))
        }
        return try await figures(of: queue)
    }

    package nonisolated func deleteQueue(_ name: String, in virtualHost: String = "/") async throws {
        try await evaluate(
            """
            {ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"\(virtualHost)">>, queue, <<"\(name)">>)),
            rabbit_amqqueue:delete(Q, false, false, <<"test">>).
            """
        )
    }

    package nonisolated func deleteExchange(_ name: String, in virtualHost: String = "/") async throws {
        try await evaluate(
            "rabbit_exchange:delete(rabbit_misc:r(<<\"\(virtualHost)\">>, exchange, <<\"\(name)\">>), false, <<\"test\">>)."
        )
    }

    package nonisolated func unbind(_ queue: String, from exchange: String, key: String) async throws {
        let answer = try await evaluate(
            """
            rabbit_binding:remove({binding, rabbit_misc:r(<<"/">>, exchange, <<"\(exchange)">>), <<"\(key)">>,
                rabbit_misc:r(<<"/">>, queue, <<"\(queue)">>), []}, <<"test">>).
            """
        )
        guard answer.contains("{ok, ok}") else { throw ChildProcess.Failure("Unbinding \(queue): \(answer)") }
    }

    /// What the clients of the open connections say of themselves, as Erlang prints it.
    /// In visible ASCII, without the rest: one character beyond, or more than 65,535 of them, would have everything
    /// printed as numbers.
    package nonisolated func clientProperties() async throws -> String {
        try await evaluate(
            """
            All = lists:flatten(io_lib:format("~0p", [rabbit_networking:connection_info_all([client_properties])])),
            lists:sublist([Character || Character <- All, Character > 32, Character < 127], 65535).
            """
        )
    }

    package nonisolated func closeAllConnections(reason: String = "test") async throws {
        try await evaluate("rabbit_networking:close_all_connections(\"\(reason)\").")
    }

    /// connection.close by the broker for the connections of that name.
    package nonisolated func closeConnection(named name: String, reason: String = "test") async throws {
        try await forConnections(named: name, "rabbit_networking:close_connection(Pid, \"\(reason)\")")
    }

    /// Cuts the connections of that name off: neither side says a word any more.
    package nonisolated func cutConnection(named name: String) async throws {
        try await forConnections(named: name, "exit(Pid, kill)")
    }

    /// The channel of the connections of that name gets an acknowledgement that it never asked for, as if the client
    /// had sent it.
    package nonisolated func acknowledgeUnknown(on name: String) async throws {
        try await forConnections(
            named: name,
            "[rabbit_channel:do(C, {'basic.ack', 999999, false}) || C <- Channels(Pid)]"
        )
    }

    /// The channels of the connections of that name look now whether a delivery is held for too long.
    package nonisolated func checkConsumerTimeout(on name: String) async throws {
        try await forConnections(named: name, "[C ! tick || C <- Channels(Pid)]")
    }

    /// For channels that are opened from now on.
    package nonisolated func setConsumerTimeout(milliseconds: Int) async throws {
        try await evaluate("application:set_env(rabbit, consumer_timeout, \(milliseconds)).")
    }

    package nonisolated func changePassword(of user: String, to password: String) async throws {
        try await evaluate(
            "rabbit_auth_backend_internal:change_password(<<\"\(user)\">>, <<\"\(password)\">>, <<\"test\">>)."
        )
    }

    /// Writes down what quorum queues there are. RabbitMQ 3.10.8 does so every few seconds only: a queue that was declared
    /// right before a kill -9 of its single node has no leader afterwards, and answers nothing.
    package nonisolated func settleQuorumQueues() async throws {
        try await evaluate("[dets:sync(T) || T <- dets:all()], ok.")
    }

    /// The process id of the node.
    package nonisolated func processID() async throws -> Int32 {
        let answer = try await evaluate("list_to_integer(os:getpid()).")
        let digits = answer.drop { !$0.isNumber }.prefix { $0.isNumber }
        guard let number = Int32(digits) else { throw ChildProcess.Failure("The node's process: \(answer)") }
        return number
    }

    /// - Parameter body: what is done to `Pid`, the process that reads from the connection.
    private nonisolated func forConnections(named name: String, _ body: String) async throws {
        let answer = try await evaluate(
            """
            Named = [Pid || Pid <- rabbit_networking:connections(),
                [{client_properties, P}] <- [catch rabbit_networking:connection_info(Pid, [client_properties])],
                is_list(P),
                lists:any(fun({<<"connection_name">>, _, N}) -> N =:= <<"\(name)">>; (_) -> false end, P)],
            Channels = fun(Pid) ->
                [C || C <- rabbit_channel:list(),
                    (catch rabbit_channel:info(C, [connection])) =:= [{connection, Pid}]] end,
            lists:foreach(fun(Pid) -> \(body) end, Named), length(Named).
            """
        )
        guard !answer.contains("{ok, 0}") else { throw ChildProcess.Failure("There is no connection named \(name)") }
    }

    /// Sets the memory alarm off: connections that publish are blocked until it is cleared.
    package nonisolated func raiseMemoryAlarm() async throws {
        try await evaluate("vm_memory_monitor:set_vm_memory_high_watermark(0.0000001).")
    }

    package nonisolated func clearMemoryAlarm() async throws {
        try await evaluate("vm_memory_monitor:set_vm_memory_high_watermark(0.8).")
    }

    /// The node stays, RabbitMQ in it stops.
    package nonisolated func stopApplication() async throws { try await control("stop_app") }

    package nonisolated func startApplication() async throws { try await control("start_app") }
}
