# The whole product in one image: chats, reminders, HTTP. Settings come from the environment.
#
#   docker build -t family-scheduler .
#   docker run -v family:/app/data -e TELEGRAM_BOT_TOKEN -p 8080:8080 family-scheduler
#
# The build stage has pip and the sources; the image that runs has neither.

ARG PYTHON_VERSION=3.12

FROM python:${PYTHON_VERSION}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/venv
# Dependencies first: this layer is rebuilt only when a pin changes.
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY scheduling/ scheduling/
COPY agents/ agents/
COPY storage/ storage/
COPY reminders/ reminders/
COPY bot/ bot/
RUN /opt/venv/bin/pip install --no-deps .
# Compiled here, because the user of the image may not write beside the sources.
RUN /opt/venv/bin/python -m compileall -q -j 0 /opt/venv/lib

FROM python:${PYTHON_VERSION}-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HTTP_ENABLED=true HTTP_HOST=0.0.0.0 HTTP_PORT=8080
RUN groupadd --system family && useradd --system --gid family --home-dir /app family \
    && mkdir -p /app/data && chown -R family:family /app
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY alembic.ini ./
USER family
# The default DATABASE_URL is a file in here; with PostgreSQL nothing is kept in the container.
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"HTTP_PORT\"]}/health', timeout=4)"]
# `exec` hands SIGTERM to the product, which finishes what it holds and leaves.
CMD ["sh", "-c", "family-scheduler migrate && exec family-scheduler serve"]
