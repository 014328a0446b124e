#include "central/broker/mosquitto_config.hpp"

#include <sstream>

namespace plus7::central::broker {

std::string mosquitto_conf(const MosquittoSettings& settings) {
    const auto file = [&](const char* name) { return (settings.folder / name).string(); };
    std::ostringstream conf;
    conf << "# Written by plus7-central at every start; changes here are lost.\n"
         << "per_listener_settings true\n"
         << "pid_file " << file("pid") << "\n"
         << "persistence false\n"
         << "sys_interval 0\n"
         << "log_dest stderr\n"
         << "log_type error\nlog_type warning\nlog_type notice\nlog_type information\n"
         << "connection_messages false\n"
         << "max_packet_size 131072\n"
         << "max_inflight_messages 20\n"
         << "max_queued_messages 1000\n";
    if (!settings.run_as.empty()) conf << "user " << settings.run_as << "\n";
    conf << "\nlistener " << settings.device_port << " " << settings.device_address << "\n"
         << "protocol mqtt\n"
         << "allow_anonymous false\n"
         << "require_certificate true\n"
         << "use_identity_as_username true\n"
         << "use_username_as_clientid true\n"
         << "tls_version tlsv1.2\n"
         << "cafile " << file("ca.crt") << "\n"
         << "certfile " << file("server.crt") << "\n"
         << "keyfile " << file("server.key") << "\n"
         << "crlfile " << file("crl.pem") << "\n"
         << "acl_file " << file("acl-devices") << "\n"
         << "max_connections " << settings.max_connections << "\n"
         << "\nlistener " << settings.service_port << " 127.0.0.1\n"
         << "protocol mqtt\n"
         << "allow_anonymous false\n"
         << "password_file " << file("passwords") << "\n"
         << "acl_file " << file("acl-service") << "\n";
    return conf.str();
}

std::string device_acl() {
    return "pattern write p7/1/%u/up/+\n"
           "pattern write p7/1/%u/state\n"
           "pattern read p7/1/%u/down/+\n";
}

std::string service_acl() {
    std::ostringstream acl;
    acl << "user " << ingest_account << "\n"
        << "topic read p7/1/+/up/+\n"
        << "topic read p7/1/+/state\n"
        << "topic read p7/1/_central/#\n"
        << "\nuser " << push_account << "\n"
        << "topic write p7/1/+/down/+\n"
        << "topic write p7/1/_central/#\n";
    return acl.str();
}

}  // namespace plus7::central::broker
