#!/bin/sh
# The pages of the sample web app that do something.
printf 'Content-Type: text/plain\r\n\r\n'
case "${REQUEST_URI:-}" in
  /slow*) sleep 3 && echo "slow, after 3 s" ;;
  /crash*) echo "crashing" && kill -USR1 1 ;;
  *) echo "nothing here" ;;
esac
