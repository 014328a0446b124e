// The page with its camera open, as the agent sees it: a websocket that sends a picture, waits for the answer and sends
// the next. Throws when it is not served.
#pragma once
#include <filesystem>
#include <memory>

namespace plus7::bench {

class PageCamera {
  public:
    explicit PageCamera(const std::filesystem::path& page_address);  // the agent's file with it
    ~PageCamera();
    PageCamera(const PageCamera&) = delete;
    PageCamera& operator=(const PageCamera&) = delete;

    // So many pictures of noise, as large as the page makes them, in which the reader finds nothing and so looks
    // everywhere.
    void show(int pictures);

  private:
    struct Socket;
    std::unique_ptr<Socket> socket_;
};

}  // namespace plus7::bench
