<?php
// Installs WordPress where it is not, and publishes one post for each address
// on the command line: a paragraph that holds the address and nothing else, as
// its editor leaves it when somebody pastes a link. Prints the posts' addresses.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WORDPRESS_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('WORDPRESS_URL'), PHP_URL_PORT);
require getenv('WORDPRESS_ROOT') . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) {
    wp_install('Example', 'editor', 'editor@example.org', false, '', 'not-a-secret');
}
foreach (array_slice($argv, 1) as $address) {
    $post = wp_insert_post([
        'post_title' => 'A pasted link',
        'post_content' => "Before.\n\n" . $address . "\n\nAfter.",
        'post_status' => 'publish',
        'post_author' => 1,
    ], true);
    if (is_wp_error($post)) {
        fwrite(STDERR, $post->get_error_message() . "\n");
        exit(1);
    }
    echo get_permalink($post), "\n";
}
