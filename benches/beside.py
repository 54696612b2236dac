"""What the measurements run beside the program: nginx, and how to have it."""
import shutil
import subprocess

PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {processes}
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  types {{ text/calendar ics; }}
  default_type text/calendar; charset utf-8; charset_types text/calendar;
  gzip_static on; open_file_cache max=1000; open_file_cache_valid 60s;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {folder}/site;
    add_header Cache-Control "public, max-age=300"; }}
}}
"""


def need(*programs):
    """Installs the programs that are not there; their packages have their names."""
    missing = [it for it in programs if not found(it)]
    if missing:
        subprocess.run(["apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-yq", *missing], check=True, stdout=subprocess.DEVNULL)


def found(program):
    return shutil.which(program, path=PATH)


def nginx(folder, port, processes):
    """The command of an nginx that serves `folder`/site on `port`; `processes`
    is what its configuration says of them."""
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port, processes=processes))
    return [found("nginx"), "-c", str(configuration)]
