// A real PostgreSQL server for tests. PLUS7_TEST_POSTGRES names one that runs already (a base conninfo such as
// "host=/tmp/x port=5433 user=postgres"); without it an own one is started, loopback only, and stopped at the end.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

class PostgresServer {
  public:
    // The one of this test program; started when first asked for. Throws std::runtime_error with the server's own
    // words.
    static PostgresServer& shared();

    // Always an own server, for tests that stop it. `durable`: it waits for the disk as an operator's does; for
    // measurements.
    explicit PostgresServer(bool durable = false);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    // conninfo of a new, empty database (UTF8, C), dropped at the end. Any thread.
    std::string fresh_database();
    // Runs a statement by psql in the database of `dsn`; what it printed, unaligned.
    std::string psql(const std::string& dsn, const std::string& sql);
    // "host=… port=… user=…" without a database.
    const std::string& base() const { return base_; }

    // Own servers only, start() in the main thread: stop at once (sessions are cut), and start again on the same port
    // and data.
    void stop();
    void start();

  private:
    explicit PostgresServer(std::string base);  // a server of somebody else

    bool durable_ = false;
    std::optional<TempDir> folder_;
    std::string base_;
    std::uint16_t port_ = 0;
    std::optional<Process> process_;
    std::mutex mutex_;
    std::vector<std::string> made_;
};

}  // namespace plus7::test
