#include "shared/http/response.hpp"

#include "shared/http/uri.hpp"

namespace plus7::http {
namespace {

Response of_type(std::string text, std::string_view type, int status) {
    Response response;
    response.status = status;
    response.headers.set("Content-Type", type);
    response.body = std::move(text);
    return response;
}

}  // namespace

Response& Response::with(std::string_view name, std::string_view value) {
    headers.set(name, value);
    return *this;
}

Response json(std::string text, int status) { return of_type(std::move(text), "application/json", status); }
Response html(std::string text, int status) { return of_type(std::move(text), "text/html; charset=utf-8", status); }
Response plain(std::string text, int status) { return of_type(std::move(text), "text/plain; charset=utf-8", status); }
Response bytes(std::string data, std::string_view content_type) { return of_type(std::move(data), content_type, 200); }

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response redirect(std::string_view location, int status) {
    Response response;
    response.status = status;
    response.headers.set("Location", location);
    return response;
}

Response streamed(Stream stream, std::string_view content_type) {
    Response response;
    response.headers.set("Content-Type", content_type);
    response.stream = std::move(stream);
    return response;
}

void set_download_name(Response& response, std::string_view file_name) {
    response.headers.set("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(file_name));
}

std::string_view reason_of(int status) {
    switch (status) {
        case 101:
            return "Switching Protocols";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        case 507:
            return "Insufficient Storage";
        default:
            return "Status";
    }
}

}  // namespace plus7::http
