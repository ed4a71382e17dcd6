import { useEffect, useRef, useState } from './preact.js'

const formats = { 'audio/ogg;codecs=opus': 'ogg', 'audio/webm;codecs=opus': 'webm', 'audio/mp4': 'm4a' }

/** Press to start, press to stop; nothing leaves the page before that. */
export function useRecorder({ onDone, onFail }) {
  const [recording, setRecording] = useState(false)
  const [seconds, setSeconds] = useState(0)
  const current = useRef()
  useEffect(() => {
    if (!recording) return
    const timer = setInterval(() => setSeconds(now => now + 1), 1000)
    return () => clearInterval(timer)
  }, [recording])
  useEffect(() => () => finish(current, { keep: false }), [])

  async function start() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      current.current = record(stream, onDone)
      setSeconds(0)
      setRecording(true)
    } catch {
      onFail()
    }
  }
  const end = keep => {
    finish(current, { keep })
    setRecording(false)
  }
  return { recording, seconds, start, stop: () => end(true), cancel: () => end(false) }
}

function record(stream, onDone) {
  const mimeType = Object.keys(formats).find(format => MediaRecorder.isTypeSupported(format))
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {})
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop()
    const type = recorder.mimeType || mimeType
    if (recorder.keep) onDone(new File(parts, `voice.${formats[mimeType] ?? 'webm'}`, { type }))
  }
  recorder.start()
  return recorder
}

function finish(current, { keep }) {
  const recorder = current.current
  current.current = undefined
  if (!recorder || recorder.state === 'inactive') return
  recorder.keep = keep
  recorder.stop()
}
