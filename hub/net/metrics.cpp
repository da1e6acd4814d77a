// Prometheus' text exposition, written by hand: sixty lines instead of a library.
#include <fmt/format.h>

#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "hub/net/pages.hpp"

namespace attune::net {

using namespace std::string_view_literals;

namespace {

class Exposition {
  public:
    template <typename Number>
    void counter(std::string_view name, std::string_view help, Number value) {
        one(name, help, "counter", value);
    }
    template <typename Number>
    void gauge(std::string_view name, std::string_view help, Number value) {
        one(name, help, "gauge", value);
    }
    /// One value for each word of a label; `type` is gauge or counter.
    template <typename Number>
    void by(std::string_view label, std::string_view name, std::string_view help, std::string_view type,
            std::initializer_list<std::pair<std::string_view, Number>> values) {
        head(name, help, type);
        for (const auto& [word, value] : values)
            fmt::format_to(std::back_inserter(text_), "attune_{}{{{}=\"{}\"}} {}\n", name, label, word, value);
    }
    std::string& text() { return text_; }

  private:
    void head(std::string_view name, std::string_view help, std::string_view type) {
        fmt::format_to(std::back_inserter(text_), "# HELP attune_{0} {1}\n# TYPE attune_{0} {2}\n", name, help, type);
    }
    template <typename Number>
    void one(std::string_view name, std::string_view help, std::string_view type, Number value) {
        head(name, help, type);
        fmt::format_to(std::back_inserter(text_), "attune_{} {}\n", name, value);
    }
    std::string text_;
};

void write_hub(Exposition& out, const app::Figures& hub, bool journal_ok) {
    out.gauge("journal_ok", "1 while the journal can be written.", journal_ok ? 1 : 0);
    out.gauge("sequence", "Sequence number of the newest event.", hub.seq);
    out.gauge("durable_sequence", "Sequence number of the newest event that is on disk.", hub.durable_seq);
    out.counter("commands_total", "Commands taken from clients.", hub.commands);
    out.counter("rejections_total", "Commands answered by an error.", hub.rejections);
    out.counter("events_total", "Events since the start.", hub.events);
    out.gauge("calls_open", "Support calls that are open.", hub.calls_open);
    out.gauge("calls_unowned", "Open support calls that nobody owns.", hub.calls_unowned);
    out.gauge("devices", "Devices that are enrolled.", hub.devices);
    out.gauge("devices_silent", "Enrolled devices that are not heard.", hub.devices_silent);
    out.gauge("sessions", "Connections that the app holds.", hub.connections);
}

void write_net(Exposition& out, const Counters& net) {
    out.gauge("websockets", "WebSocket connections.", net.websockets);
    out.gauge("visitors", "Connections that are not WebSockets.", net.visitors);
    out.gauge("strangers", "Connections over HTTP or WebSocket that have not said who they are.", net.strangers);
    out.counter("websockets_opened_total", "WebSocket connections opened.", net.websockets_opened);
    out.counter("websockets_refused_total", "Upgrades refused.", net.websockets_refused);
    out.by("transport", "connections", "Connections by transport.", "gauge",
           {std::pair{"websocket"sv, net.websockets}, {"zeromq"sv, net.zeromq}, {"local"sv, net.locals}});
    out.counter("zeromq_opened_total", "Connections of native clients opened.", net.zeromq_opened);
    out.counter("zeromq_dropped_total", "Messages of native clients that may not speak, or no longer.",
                net.zeromq_dropped);
    out.counter("zeromq_evicted_total", "ZeroMQ connections that said nothing and were closed to make room.",
                net.zeromq_evicted);
    out.counter("zeromq_rescues_total", "Messages that lay without a wake to come: must stay 0.", net.zeromq_rescues);
    out.counter("zap_admitted_total", "Keys that were let in at a ZeroMQ handshake.", net.zap_admitted);
    out.by("why", "zap_refused_total", "Keys that were refused at a ZeroMQ handshake.", "counter",
           {std::pair{"unknown"sv, net.zap_refused_unknown},
            {"strangers"sv, net.zap_refused_strangers},
            {"malformed"sv, net.zap_refused_malformed}});
    out.counter("frames_in_total", "Frames received.", net.frames_in);
    out.counter("frames_out_total", "Frames queued for clients.", net.frames_out);
    out.counter("bytes_out_total", "Bytes written to clients' frames.", net.bytes_out);
    out.counter("writes_total", "Writes that carried them.", net.writes);
    out.counter("clients_cut_slow_total", "Clients cut because they read too slowly.", net.cut_slow);
    out.counter("clients_cut_idle_total", "Clients cut because they answered nothing.", net.cut_idle);
    out.counter("clients_cut_fast_total", "Native clients cut because they sent without waiting.", net.cut_fast);
    out.counter("connections_accepted_total", "Connections accepted.", net.accepted);
    out.counter("accept_errors_total", "Errors of accept.", net.accept_errors);
    out.counter("connections_refused_full_total", "Connections refused because the hub was full.", net.refused_full);
    out.counter("connections_refused_address_total", "Connections refused because one address had too many.",
                net.refused_address);
    out.counter("visitors_evicted_total", "Connections closed to make room for another.", net.visitors_evicted);
    out.counter("timeouts_total", "Connections closed by a deadline before or between requests.", net.timed_out);
    out.counter("tls_failed_total", "TLS handshakes that failed.", net.tls_failed);
    out.counter("http_requests_total", "HTTP requests.", net.http_requests);
    out.by("class", "http_responses_total", "HTTP responses by class.", "counter",
           {std::pair{"2xx"sv, net.http_2xx}, {"3xx"sv, net.http_3xx}, {"4xx"sv, net.http_4xx}, {"5xx"sv, net.http_5xx}});
    out.gauge("loop_lag_seconds", "How late the io loop ran its last tick.",
              static_cast<double>(net.loop_lag_ms) / 1000);
    out.gauge("loop_lag_seconds_max", "The most since the start.", static_cast<double>(net.loop_lag_ms_max) / 1000);
}

}  // namespace

std::string metrics_text(const Context& context) {
    Exposition out;
    fmt::format_to(std::back_inserter(out.text()),
                   "# HELP attune_build_info The version that runs.\n# TYPE attune_build_info "
                   "gauge\nattune_build_info{{version=\"{}\"}} 1\n",
                   context.config.version);
    if (context.callbacks.figures) write_hub(out, context.callbacks.figures(), context.door.journal_ok());
    write_net(out, context.counters);
    if (context.certificate_ends_s)
        out.gauge("certificate_end_seconds", "When the hub's certificate ends, in seconds since 1970.", *context.certificate_ends_s);
    if (context.ca_ends_s)
        out.gauge("site_ca_end_seconds", "When the site's certificate authority ends, in seconds since 1970.", *context.ca_ends_s);
    if (context.callbacks.more_metrics) context.callbacks.more_metrics(out.text());
    auto text = std::move(out.text());
    if (text.ends_with('\n')) text.pop_back();  // the page adds one
    return text;
}

}  // namespace attune::net
