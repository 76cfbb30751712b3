#pragma once

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/framing.h>
#include <rabbitmq-c/ssl_socket.h>
#include <rabbitmq-c/tcp_socket.h>
#else
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#endif

// The login functions are variadic, which Swift cannot call.

static inline amqp_rpc_reply_t acw_login_plain(amqp_connection_state_t state, const char *vhost, int channel_max,
                                               int frame_max, int heartbeat, const amqp_table_t *properties,
                                               const char *user, const char *password) {
    return amqp_login_with_properties(state, vhost, channel_max, frame_max, heartbeat, properties,
                                      AMQP_SASL_METHOD_PLAIN, user, password);
}

static inline amqp_rpc_reply_t acw_login_external(amqp_connection_state_t state, const char *vhost, int channel_max,
                                                  int frame_max, int heartbeat, const amqp_table_t *properties,
                                                  const char *identity) {
    return amqp_login_with_properties(state, vhost, channel_max, frame_max, heartbeat, properties,
                                      AMQP_SASL_METHOD_EXTERNAL, identity);
}

// librabbitmq has a function for the system's certificate authorities from 0.14 on only. This is the one function of
// OpenSSL that is needed, stable since 0.9, so that OpenSSL's headers are not.

struct ssl_ctx_st;
int SSL_CTX_set_default_verify_paths(struct ssl_ctx_st *context);

static inline int acw_trust_system_authorities(amqp_socket_t *socket) {
    return SSL_CTX_set_default_verify_paths((struct ssl_ctx_st *)amqp_ssl_socket_get_context(socket)) == 1;
}
