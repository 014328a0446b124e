#include "tests/bench/agent/page_camera.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

namespace plus7::bench {
namespace {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;

constexpr int width = 1280, height = 720;  // most that agent/handheld/web/src/lib/frames.ts makes of a camera

std::string noise(unsigned seed) {
    std::string picture{static_cast<char>(width & 0xff), static_cast<char>(width >> 8),
                        static_cast<char>(height & 0xff), static_cast<char>(height >> 8)};
    std::mt19937 random(seed);
    for (int i = 0; i < width * height; ++i) picture += static_cast<char>(random() >> 24);
    return picture;
}

}  // namespace

struct PageCamera::Socket {
    boost::asio::io_context io;
    beast::websocket::stream<Tcp::socket> stream{io};
};

PageCamera::PageCamera(const std::filesystem::path& page_address) : socket_(std::make_unique<Socket>()) {
    std::string address;  // http://127.0.0.1:PORT/?t=TOKEN
    std::ifstream(page_address) >> address;
    const auto port_at = address.rfind(':') + 1, slash = address.find('/', port_at), token_at = address.find("t=") + 2;
    if (slash == address.npos) throw std::runtime_error("no address of the page in " + page_address.string());
    const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(port_at, slash - port_at)));
    auto& stream = socket_->stream;
    stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
    stream.set_option(beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
        request.set("Origin", address.substr(0, slash));
        request.set("Cookie", "plus7_page=" + address.substr(token_at));
    }));
    stream.handshake(address.substr(7, slash - 7), "/api/camera");
    stream.binary(true);
}

PageCamera::~PageCamera() = default;

void PageCamera::show(int pictures) {
    for (int i = 0; i < pictures; ++i) {
        socket_->stream.write(boost::asio::buffer(noise(static_cast<unsigned>(i))));
        beast::flat_buffer answer;
        socket_->stream.read(answer);
    }
}

}  // namespace plus7::bench
