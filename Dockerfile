# The whole product in one image; what a container of it does is its command (docs/deployment.md).
#
#   docker build -t family-scheduler .
#   docker run -v family:/app/data -e TELEGRAM_BOT_TOKEN -p 8080:8080 family-scheduler
#
# The build stage has the installer and the sources; the image that runs has neither. The same steps
# without a container engine: deploy/build.sh.

ARG PYTHON_VERSION=3.11

FROM python:${PYTHON_VERSION}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_CACHE=1
WORKDIR /src
RUN python -m venv /opt/tools && /opt/tools/bin/pip install uv==0.13.9
RUN python -m venv --without-pip /opt/venv
# Dependencies first: this layer is rebuilt only when a pin changes.
COPY requirements.txt ./
RUN /opt/tools/bin/uv pip install --python /opt/venv/bin/python --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY scheduling/ scheduling/
COPY agents/ agents/
COPY storage/ storage/
COPY reminders/ reminders/
COPY bot/ bot/
# Compiled here, because the user of the image may not write beside the sources.
RUN /opt/tools/bin/uv pip install --python /opt/venv/bin/python --no-deps . \
    && /opt/venv/bin/python -m compileall -q -j 0 /opt/venv/lib

FROM python:${PYTHON_VERSION}-slim
# PORT is the one port of every role: HTTP for those that serve it, health for the others. Cloud Run
# sets it, too.
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HTTP_ENABLED=true HTTP_HOST=0.0.0.0 PORT=8080
# pg_dump and its like, for BACKUP_DIR: of servers up to Debian's own version, which the base decides.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
# A number, so that Kubernetes can see that it is not root.
RUN groupadd --system --gid 10001 family \
    && useradd --system --uid 10001 --gid family --home-dir /app family \
    && mkdir -p /app/data /app/backups && chown -R family:family /app
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
# For `alembic`, which finds its scripts in the installed package.
COPY alembic.ini ./
USER 10001:10001
# The default DATABASE_URL is a file in here; with PostgreSQL nothing is kept in the container.
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=4)"]
# `exec` hands SIGTERM to the product, which finishes what it holds and leaves. Where several
# containers share a database, each is given its own command, and `migrate` is one of them.
CMD ["sh", "-c", "family-scheduler migrate && exec family-scheduler serve"]
