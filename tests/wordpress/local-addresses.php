<?php
// WordPress asks no address of its own machine, and few ports. Both programs
// of the test live on this machine; nothing else is changed.
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn (array $ports): array => [...$ports, (int) getenv('SPOTKAJMY_PORT')]);
// The other way round: nothing but this machine is asked.
add_filter('pre_http_request', function ($answer, array $arguments, string $url) {
    return parse_url($url, PHP_URL_HOST) === '127.0.0.1' ? $answer : new WP_Error('offline', 'this test asks nobody else');
}, 10, 3);
