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

// The functions of OpenSSL that are needed, all stable since 0.9, so that OpenSSL's headers are not.

struct ssl_ctx_st;
int SSL_CTX_set_default_verify_paths(struct ssl_ctx_st *context);
unsigned long ERR_peek_error(void);
void ERR_clear_error(void);

// librabbitmq has a function for the system's certificate authorities from 0.14 on only.

static inline int acw_trust_system_authorities(amqp_socket_t *socket) {
    return SSL_CTX_set_default_verify_paths((struct ssl_ctx_st *)amqp_ssl_socket_get_context(socket)) == 1;
}

// Whether the last failure of TLS on this thread is only that the peer was gone. librabbitmq has one status for that and
// for everything that is wrong with TLS itself; OpenSSL keeps a reason for the latter only, apart from an end of file
// within TLS, which is the SSL library's (20) reason 294 from OpenSSL 3 on. A system error has the uppermost bit.
static inline int acw_tls_peer_is_gone(void) {
    unsigned long error = ERR_peek_error();
    return error == 0 || (error & 0x80000000UL) != 0 || ((error >> 23 & 0xFF) == 20 && (error & 0x7FFFFF) == 294);
}
